#pragma once

#include <string_view>

namespace ketensim::report {

/// Readable on paper, on a screen and on a phone; wide tables scroll within their own frame.
inline constexpr std::string_view kPageStyle = R"(
:root { --ink: #1b2733; --soft: #5b6875; --line: #d5dce2; --tint: #eef4f6; --mark: #0b5d78; --paper: #fff;
        --code: #f6f8f9; color-scheme: light dark; }
@media screen and (prefers-color-scheme: dark) {
  :root { --ink: #e6edf2; --soft: #a3b1bd; --line: #3a4651; --tint: #1b252d; --mark: #6ec3dd; --paper: #12181d;
          --code: #1b252d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 1.5rem 1.25rem 3rem; color: var(--ink); background: var(--paper);
       font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
header p { margin: 0; color: var(--soft); }
h1 { margin: 0 0 1.25rem; font-size: 1.9rem; line-height: 1.2; color: var(--mark); }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.35rem; }
h3 { margin: 1.5rem 0 .4rem; font-size: 1.05rem; }
section.answer { padding: .25rem 1.25rem .75rem; background: var(--tint); border-left: 4px solid var(--mark); }
section.answer h2 { margin-top: .75rem; }
ul { margin: .4rem 0; padding-left: 1.25rem; }
li { margin: .3rem 0; max-width: 48rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .7rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: top;
         white-space: nowrap; }
thead th { border-bottom: 2px solid var(--mark); vertical-align: bottom; white-space: normal; min-width: 4.5rem; }
th:first-child { position: sticky; left: 0; padding-left: 0; background: var(--paper); text-align: left; }
tbody th { font-weight: 600; white-space: normal; min-width: 8rem; }
td.long { white-space: normal; min-width: 14rem; }
small { display: block; color: var(--soft); font-weight: 400; }
.note { margin: .4rem 0; max-width: 48rem; color: var(--soft); font-size: .9rem; }
h4 { margin: 1.25rem 0 .3rem; font-size: 1rem; }
figure { margin: 1.25rem 0; }
figcaption { font-weight: 600; }
.chart { height: 20rem; }
.chart.small { height: 15rem; }
.canvas { height: 100%; }
.multiples { display: grid; gap: 0 1.5rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
.multiples > * { min-width: 0; }
.beside { display: flex; flex-wrap: wrap; gap: 0 3rem; align-items: flex-start; }
.beside > * { min-width: 0; max-width: 100%; }
details { margin: .5rem 0; }
summary { cursor: pointer; }
pre { padding: .75rem; overflow-x: auto; background: var(--code); font-size: .8rem; line-height: 1.4; }
@media (max-width: 40rem) { body { padding: 1rem .75rem 2rem; } h1 { font-size: 1.5rem; } th, td { padding: .3rem .5rem; } }
@page { size: A4; margin: 15mm; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } .wide { overflow: visible; }
               section.answer { border: 1px solid var(--line); } tr, li { break-inside: avoid; }
               figure { break-inside: avoid; } h2, h3, h4, figcaption { break-after: avoid; } th:first-child { position: static; } }
)";

}  // namespace ketensim::report
