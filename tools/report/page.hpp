#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/report/charts.hpp"
#include "tools/report/flow_chart.hpp"
#include "tools/report/phrases.hpp"
#include "tools/report/tables.hpp"

namespace ketensim::report {

/// Text for a page: what scenarios and deliveries say is shown as it stands, never as markup.
std::string escaped(std::string_view text);

/// A page in the making. Every text that enters it is escaped on the way; it needs nothing beside it.
class Page {
 public:
  explicit Page(Language language) : language_(language) {}

  Language language() const { return language_; }

  /// What the page is about, over a heading of what kind of page it is. Comes first.
  void header(const std::string& kind, const std::string& subject);
  /// A part of the page with a heading that the reader may go to from the top.
  void section(std::string_view heading, std::string_view of_class = "");

  void element(std::string_view tag, std::string_view text);
  void note(std::string_view text);
  void open(std::string_view tag) { body_ += "<" + std::string(tag) + ">\n"; }
  void close(std::string_view tag) { body_ += "</" + std::string(tag) + ">\n"; }
  void list(const std::vector<std::string>& items);
  /// A table without rows is its title and its notes.
  void table(const Table& table);
  void folded(const std::string& summary, const std::string& text);
  void folded(const std::string& summary, const std::vector<std::string>& items);
  void folded(const std::string& summary, const Table& table);
  /// A chart and, for who can't see it, its sentence (shown unless it would crowd out many small charts) and the same
  /// figures as a table.
  void chart(const Chart& chart, const Table& figures);
  /// As above; the table is made from the chart's own points when the reader asks for it.
  void chart(const Chart& chart);
  void chart(const FlowChart& chart, const Table& figures);
  /// What the lines of several charts stand for.
  void legend(const std::vector<ChartSeries>& series);

  using Panel = std::pair<std::string, std::function<void()>>;  // its name, and what puts it on the page
  /// Panels of which one is shown, as the reader chooses; one alone needs no choice.
  void choice(const std::string& label, const std::vector<Panel>& panels);

 private:
  friend std::string finished(std::span<const Page> pages);

  void open_chart(const Chart& chart);
  void open_folded(const std::string& summary);
  void grid(const Table& table);

  Language language_;
  std::string title_, body_;
  std::size_t contents_at_ = 0;  // where in the body they come
  std::vector<std::string> headings_;
  bool charts_ = false;
};

/// A whole page, in one language or more: the first is shown until the reader chooses another. The library that draws
/// charts is put in where there are any.
std::string finished(std::span<const Page> pages);

}  // namespace ketensim::report
