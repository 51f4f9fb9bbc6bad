#include "tools/report/page.hpp"

#include <fmt/format.h>

#include "tools/report/embedded.hpp"
#include "tools/report/page_style.hpp"

namespace ketensim::report {
namespace {

constexpr std::size_t kLongCell = 48;  // bytes; such a cell is broken into lines

/// A script within a page: nothing in it may look like the end of it.
std::string inlined(std::string_view script) {
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
  body_ += fmt::format("<{0}>{1}</{0}>\n", tag, escaped(text));
}

void Page::note(std::string_view text) { body_ += fmt::format("<p class=\"note\">{}</p>\n", escaped(text)); }

void Page::list(const std::vector<std::string>& items) {
  open("ul");
  for (const std::string& item : items) element("li", item);
  close("ul");
}

void Page::grid(const Table& table) {
  open("div class=\"wide\" tabindex=\"0\"");
  open("table");
  body_ += "<thead><tr>";
  for (const Table::Header& header : table.headers)
    body_ += fmt::format("<th scope=\"col\">{}<small>{}</small></th>", escaped(header.name), escaped(header.unit));
  body_ += "</tr></thead>\n<tbody>\n";
  for (const std::vector<std::string>& row : table.rows) {
    body_ += fmt::format("<tr><th scope=\"row\">{}</th>", escaped(row.front()));
    for (std::size_t i = 1; i < row.size(); ++i)
      body_ += fmt::format("<td{}>{}</td>", row[i].size() > kLongCell ? " class=\"long\"" : "", escaped(row[i]));
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

void Page::chart(const Chart& chart, const Table& figures) {
  charts_ = true;
  open("figure");
  element("figcaption", chart.title);
  body_ += fmt::format("<div class=\"chart {}\" role=\"img\" aria-label=\"{}\">", chart.small ? "small" : "",
                       escaped(chart.sentence));
  body_ += fmt::format("<script type=\"application/json\">{}</script></div>\n", json_of(chart));
  note(chart.sentence);
  folded(figures.title, figures);
  close("figure");
}

std::string Page::finish(const std::string& title) const {
  const std::string scripts = charts_ ? inlined(chart_library()) + inlined(chart_script()) : "";
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n"
      "<style>{}</style>\n</head>\n<body>\n{}{}</body>\n</html>\n",
      language_ == Language::nl ? "nl" : "en", escaped(title), kPageStyle, body_, scripts);
}

}  // namespace ketensim::report
