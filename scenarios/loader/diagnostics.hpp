#pragma once

#include <string>
#include <vector>

#include "ketensim/load.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// The files that a scenario stands on, by Place::file.
struct Source {
  std::string name;  // as people know it: what was typed, or the way from there
  std::string text;
  std::string in_short = "";  // what stands for a long text where the scenario's text is kept
};

/// Collects what is wrong, with its place.
class Diagnostics {
 public:
  void error(const Place& at, std::string message, std::string suggestion = {});
  void add(Problem::Severity severity, const Place& at, std::string message, std::string suggestion = {});
  bool any_error() const { return errors_ > 0; }

  /// In the order of files and lines; the first few hundred, and how many more there are.
  std::vector<Diagnostic> sorted(const std::vector<Source>& sources) const;

 private:
  struct Item {
    Problem::Severity severity;
    Place at;
    std::string message, suggestion;
  };
  std::vector<Item> items_;
  std::size_t errors_ = 0;
};

}  // namespace ketensim::loader
