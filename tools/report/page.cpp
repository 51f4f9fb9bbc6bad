#include "tools/report/page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "tools/report/embedded.hpp"

namespace ketensim::report {
namespace {

constexpr std::size_t kLongCell = 48;  // bytes; such a cell is broken into lines

/// A script within a page: nothing in it may look like the end of it.
std::string script_element(std::string_view script) {
  std::string text = "<script>";
  constexpr std::string_view kEnd = "</script";
  for (std::size_t at = 0;;) {
    const std::size_t end = script.find(kEnd, at);
    text += script.substr(at, end == std::string_view::npos ? end : end - at);
    if (end == std::string_view::npos) break;
    text += "<\\/script";
    at = end + kEnd.size();
  }
  return text + "</script>\n";
}

constexpr double kNoFigure = std::numeric_limits<double>::quiet_NaN();
std::size_t drawn_lines(const Chart& chart) {
  return static_cast<std::size_t>(
      std::count_if(chart.series.begin(), chart.series.end(),
                    [](const ChartSeries& series) { return series.kind != ChartSeries::Kind::dots; }));
}

constexpr std::size_t kFewLines = 2;     // of a small chart, that its sentence may stand beside
constexpr std::size_t kFewHeadings = 3;  // that need no contents

std::string classes_of(const std::string& cell, bool words, int tint) {
  std::string classes = words ? "words" : "";
  if (cell.size() > kLongCell) classes += classes.empty() ? "long" : " long";
  if (tint > 0) classes += fmt::format("{}s{}", classes.empty() ? "" : " ", tint);
  return classes;
}

std::string_view code_of(Language language) { return language == Language::nl ? "nl" : "en"; }

std::string contents(const std::vector<std::string>& headings, Language language) {
  if (headings.size() <= kFewHeadings) return "";
  std::string text = fmt::format("<nav aria-label=\"{}\"><ul>\n", escaped(text_of(Phrase::contents, language)));
  for (std::size_t i = 0; i < headings.size(); ++i)
    text += fmt::format("<li><a href=\"#{}-{}\">{}</a></li>\n", code_of(language), i + 1, escaped(headings[i]));
  return text + "</ul></nav>\n";
}

}  // namespace

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

void Page::element(std::string_view tag, std::string_view text) {
  body_ += fmt::format("<{}>{}</{}>\n", tag, escaped(text), tag.substr(0, tag.find(' ')));
}

void Page::note(std::string_view text) { body_ += fmt::format("<p class=\"note\">{}</p>\n", escaped(text)); }

void Page::list(const std::vector<std::string>& items) {
  open("ul");
  for (const std::string& item : items) element("li", item);
  close("ul");
}

void Page::header(const std::string& kind, const std::string& subject) {
  title_ = subject == kind ? kind : subject + " · " + kind;
  open("header");
  element("p", kind);
  element("h1", subject);
  close("header");
  contents_at_ = body_.size();
}

void Page::section(std::string_view heading, std::string_view of_class) {
  headings_.emplace_back(heading);
  body_ += fmt::format("<section id=\"{}-{}\"{}>\n<h2>{}</h2>\n", code_of(language_), headings_.size(),
                       of_class.empty() ? "" : fmt::format(" class=\"{}\"", of_class), escaped(heading));
}

void Page::grid(const Table& table) {
  const bool sorts = !table.values.empty();
  open("div class=\"wide\" tabindex=\"0\"");
  open(sorts ? "table class=\"sorts\"" : table.tints.empty() ? "table" : "table class=\"signals\"");
  body_ += "<thead><tr>";
  for (const Table::Header& header : table.headers) {
    const std::string name = fmt::format("{}<small>{}</small>", escaped(header.name), escaped(header.unit));
    body_ += fmt::format("<th scope=\"col\"{}{}>{}</th>", header.words ? " class=\"words\"" : "",
                         header.figure.empty() ? "" : fmt::format(" data-figure=\"{}\"", escaped(header.figure)),
                         sorts ? fmt::format("<button type=\"button\">{}</button>", name) : name);
  }
  body_ += "</tr></thead>\n<tbody>\n";
  for (std::size_t at = 0; at < table.rows.size(); ++at) {
    const std::vector<std::string>& row = table.rows[at];
    body_ += table.keys.empty() ? "<tr>" : fmt::format("<tr data-key=\"{}\">", escaped(table.keys[at]));
    body_ += fmt::format("<th scope=\"row\">{}</th>", escaped(row.front()));
    for (std::size_t i = 1; i < row.size(); ++i) {
      const double value = sorts ? table.values[at][i] : kNoFigure;
      const std::string classes =
          classes_of(row[i], table.headers[i].words, table.tints.empty() ? 0 : table.tints[at][i]);
      body_ += fmt::format("<td{}{}>{}</td>", classes.empty() ? "" : fmt::format(" class=\"{}\"", classes),
                           std::isnan(value) ? "" : fmt::format(" data-value=\"{}\"", value), escaped(row[i]));
    }
    body_ += "</tr>\n";
  }
  body_ += "</tbody>\n";
  close("table");
  close("div");
}

void Page::table(const Table& table) {
  if (!table.title.empty()) element("h3", table.title);
  if (!table.rows.empty()) grid(table);
  for (const std::string& text : table.notes) note(text);
}

void Page::open_folded(const std::string& summary) {
  body_ += fmt::format("<details><summary>{}</summary>\n", escaped(summary));
}

void Page::folded(const std::string& summary, const std::string& text) {
  open_folded(summary);
  element("pre", text);
  close("details");
}

void Page::folded(const std::string& summary, const std::vector<std::string>& items) {
  open_folded(summary);
  list(items);
  close("details");
}

void Page::folded(const std::string& summary, const Table& table) {
  open_folded(summary);
  if (!table.rows.empty()) grid(table);
  for (const std::string& text : table.notes) note(text);
  close("details");
}

void Page::open_chart(const Chart& chart) {
  charts_ = true;
  open("figure");
  element("figcaption", chart.title);
  body_ += fmt::format("<div class=\"chart {}\" role=\"img\" aria-label=\"{}\">", chart.small ? "small" : "",
                       escaped(chart.sentence));
  body_ += fmt::format("<script type=\"application/json\">{}</script></div>\n", json_of(chart));
  if (!chart.small || drawn_lines(chart) <= kFewLines) note(chart.sentence);
}

void Page::chart(const Chart& chart, const Table& figures) {
  open_chart(chart);
  folded(figures.title, figures);
  close("figure");
}

void Page::chart(const Chart& chart) {
  open_chart(chart);
  body_ += fmt::format("<details class=\"figures\"><summary>{}</summary></details>\n",
                       escaped(text_of(Phrase::figures_of_chart, language_)));
  close("figure");
}

/// Too wide for a phone: it moves within its own frame.
void Page::chart(const FlowChart& chart, const Table& figures) {
  charts_ = true;
  open("figure");
  element("figcaption", chart.title);
  body_ += fmt::format(
      "<div class=\"wide\" tabindex=\"0\"><div class=\"chart flow\" role=\"img\" aria-label=\"{}\">"
      "<script type=\"application/json\">{}</script></div></div>\n",
      escaped(chart.sentence), json_of(chart));
  note(chart.sentence);
  folded(figures.title, figures);
  close("figure");
}

void Page::legend(const std::vector<ChartSeries>& series) {
  body_ += fmt::format("<div class=\"legend\"><script type=\"application/json\">{}</script></div>\n", json_of(series));
}

void Page::choice(const std::string& label, const std::vector<Panel>& panels) {
  open("div class=\"choice\"");
  if (panels.size() > 1) {
    body_ += fmt::format("<label>{} <select autocomplete=\"off\">", escaped(label));
    for (const Panel& panel : panels) body_ += fmt::format("<option>{}</option>", escaped(panel.first));
    body_ += "</select></label>\n";
  }
  for (const Panel& panel : panels) {
    open(&panel == &panels.front() ? "div class=\"panel\"" : "div class=\"panel\" hidden");
    if (panels.size() > 1) body_ += fmt::format("<p class=\"chosen\">{}</p>\n", escaped(panel.first));
    panel.second();
    close("div");
  }
  close("div");
}

std::string finished(std::span<const Page> pages) {
  std::string text = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n",
      code_of(pages.front().language_), escaped(pages.front().title_), page_style());
  if (pages.size() > 1) {
    text += "<div class=\"languages\" role=\"group\" aria-label=\"Taal, language\">";
    for (const Page& page : pages)
      text +=
          fmt::format("<button type=\"button\" lang=\"{0}\" aria-pressed=\"{1}\">{2}</button>", code_of(page.language_),
                      &page == &pages.front(), escaped(text_of(Phrase::language_name, page.language_)));
    text += "</div>\n";
  }
  bool charts = false;
  for (const Page& page : pages) {
    text += fmt::format("<div class=\"body\" lang=\"{}\" data-title=\"{}\"{}>\n", code_of(page.language_),
                        escaped(page.title_), &page == &pages.front() ? "" : " hidden");
    text += page.body_.substr(0, page.contents_at_) + contents(page.headings_, page.language_) +
            page.body_.substr(page.contents_at_) + "</div>\n";
    charts = charts || page.charts_;
  }
  text += script_element(page_script());
  if (charts) text += script_element(chart_library()) + script_element(flow_script()) + script_element(chart_script());
  return text + "</body>\n</html>\n";
}

}  // namespace ketensim::report
