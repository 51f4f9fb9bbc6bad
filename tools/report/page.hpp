#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/report/charts.hpp"
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
  /// A chart and, for who can't see it, its sentence and the same figures as a table.
  void chart(const Chart& chart, const Table& figures);

  /// The library that draws charts is put in where there are any.
  std::string finish(const std::string& title) const;

 private:
  void open_folded(const std::string& summary);
  void grid(const Table& table);

  Language language_;
  std::string body_;
  bool charts_ = false;
};

}  // namespace ketensim::report
