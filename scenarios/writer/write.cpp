#include "ketensim/write.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "scenarios/writer/scenario_tree.hpp"

namespace ketensim {
namespace writer {
namespace {

constexpr std::size_t kWidth = 118;

std::string on_one_line(const Tree& tree) {
  if (tree.kind == Tree::Kind::text) return tree.text;
  const bool list = tree.kind == Tree::Kind::list;
  std::string text(1, list ? '[' : '{');
  for (const auto& [key, value] : tree.entries) {
    if (text.size() > 1) text += ", ";
    if (!list) text += key + ": ";
    text += on_one_line(value);
  }
  return text + (list ? ']' : '}');
}

/// Breaks a text between entries, so that lines fit; what follows is indented.
std::string wrapped(const std::string& text, std::size_t first, std::size_t indent) {
  std::string result;
  std::size_t at = first, begin = 0;
  while (begin < text.size()) {
    std::size_t end = text.find(", ", begin);
    end = end == std::string::npos ? text.size() : end + 2;
    const std::size_t length = end - begin;
    if (at + length > kWidth && begin > 0) {
      while (!result.empty() && result.back() == ' ') result.pop_back();
      result += '\n' + std::string(indent, ' ');
      at = indent;
    }
    result.append(text, begin, length);
    at += length;
    begin = end;
  }
  return result;
}

class Emitter {
 public:
  explicit Emitter(const Remarks& remarks) : remarks_(remarks) {}

  void map(const Tree& tree, std::size_t indent, const std::string& path) {
    for (const auto& [key, value] : tree.entries) {
      const std::string here = path.empty() ? key : path + "/" + key;
      if (indent == 0 && value.kind == Tree::Kind::map && !value.inline_) text_ += '\n';
      entry(key + ":", value, indent, here);
    }
  }

  std::string take() { return std::move(text_); }

 private:
  const std::string* remark(const std::string& path) const {
    const auto at = remarks_.find(path);
    return at == remarks_.end() ? nullptr : &at->second;
  }

  void comment_line(const std::string& text, std::size_t indent) {
    std::string line = std::string(indent, ' ') + "#";
    std::size_t begin = 0;
    while (begin < text.size()) {
      std::size_t end = text.find(' ', begin);
      if (end == std::string::npos) end = text.size();
      if (line.size() + 1 + end - begin > kWidth) {
        text_ += line + '\n';
        line = std::string(indent, ' ') + "#";
      }
      line += ' ' + text.substr(begin, end - begin);
      begin = end + 1;
    }
    text_ += line + '\n';
  }

  /// `head` is a key with its colon, or the dash of an item.
  void entry(const std::string& head, const Tree& value, std::size_t indent, const std::string& path) {
    const std::string margin(indent, ' ');
    const std::string* said = remark(path);
    if (value.kind == Tree::Kind::text || value.inline_) {
      const std::string body = on_one_line(value);
      const std::string line = margin + head + " " + body;
      if (said && line.size() + 4 + said->size() > kWidth) {
        comment_line(*said, indent);
        said = nullptr;
      }
      text_ += line.size() <= kWidth ? line
                                     : margin + head + " " + wrapped(body, margin.size() + head.size() + 1, indent + 4);
      if (said) text_ += "  # " + *said;
      text_ += '\n';
      return;
    }
    if (said) comment_line(*said, indent);
    if (value.kind == Tree::Kind::map) {
      text_ += margin + head + '\n';
      map(value, indent + 2, path);
      return;
    }
    text_ += margin + head + '\n';
    std::size_t number = 0;
    for (const auto& [key, item] : value.entries) list_item(item, indent + 2, path + "/" + std::to_string(number++));
  }

  void list_item(const Tree& item, std::size_t indent, const std::string& path) {
    if (item.kind == Tree::Kind::text || item.inline_) return entry("-", item, indent, path);
    if (const std::string* said = remark(path)) comment_line(*said, indent);
    const std::size_t begin = text_.size();
    map(item, indent + 2, path);
    // The dash stands before the item's first line that is no comment.
    std::size_t at = begin;
    while (text_.compare(at, indent + 3, std::string(indent + 2, ' ') + "#") == 0) at = text_.find('\n', at) + 1;
    text_[at + indent] = '-';
  }

  const Remarks& remarks_;
  std::string text_;
};

using Leaves = std::vector<std::pair<std::string, const std::string*>>;

std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\n") == std::string::npos) return text;
  std::string quoted_text = "\"";
  for (const char c : text) {
    if (c == '"') quoted_text += '"';
    quoted_text += c;
  }
  return quoted_text + '"';
}

std::string moment_text(double moment) {
  if (std::isnan(moment)) return "";
  const double day = std::floor(moment);
  const std::string date = day_of(Date{std::chrono::days{static_cast<int>(day)}});
  const auto seconds = static_cast<long>(std::llround((moment - day) * 86400.0));
  if (seconds == 0) return date;
  return fmt::format("{}T{:02}:{:02}:{:02}", date, seconds / 3600, seconds / 60 % 60, seconds % 60);
}

}  // namespace
}  // namespace writer

std::string scenario_yaml(const Scenario& scenario, const Remarks& remarks) {
  writer::Emitter emitter(remarks);
  emitter.map(writer::tree_of(scenario, scenario.chain), 0, "");
  return emitter.take();
}

std::string draws_csv(const Scenario& scenario) {
  using namespace writer;
  const Tree base = tree_of(scenario, scenario.chain);
  Leaves at_estimate;
  leaves_of(base, "", at_estimate);
  std::vector<Tree> trees;
  std::vector<Leaves> drawn(scenario.drawn.size());
  for (const auto& chain : scenario.drawn) trees.push_back(tree_of(scenario, *chain));
  for (std::size_t d = 0; d < trees.size(); ++d) {
    leaves_of(trees[d], "", drawn[d]);
    if (drawn[d].size() != at_estimate.size()) throw std::invalid_argument("a drawn chain has another structure");
  }
  std::string text = "path";
  for (std::size_t d = 1; d <= drawn.size(); ++d) text += fmt::format(",{}", d);
  text += '\n';
  for (std::size_t leaf = 0; leaf < at_estimate.size(); ++leaf) {
    bool varies = false;
    for (const Leaves& of : drawn) {
      if (of[leaf].first != at_estimate[leaf].first) throw std::invalid_argument("a drawn chain has another structure");
      varies |= *of[leaf].second != *at_estimate[leaf].second;
    }
    if (!varies) continue;
    text += cell(at_estimate[leaf].first);
    for (const Leaves& of : drawn) text += ',' + cell(*of[leaf].second);
    text += '\n';
  }
  return text;
}

std::string state_csv(const ChainState& state) {
  using namespace writer;
  std::vector<std::string> attributes;
  for (const OpenCase& open : state.cases)
    for (const auto& [name, value] : open.attributes)
      if (std::find(attributes.begin(), attributes.end(), name) == attributes.end()) attributes.push_back(name);
  std::string text = "child,family,case,first_received,organisation,step,received,started,ended,next";
  for (const std::string& name : attributes) text += ',' + cell(name);
  text += '\n';
  for (const OpenCase& open : state.cases) {
    const std::size_t dot = open.step.find('.');
    text += fmt::format("{},{},{},{},{},{},{},{},{},{}", cell(open.child), cell(open.family), cell(open.case_id),
                        moment_text(open.first_received), open.step.substr(0, dot),
                        dot == std::string::npos ? "" : open.step.substr(dot + 1), moment_text(open.received),
                        moment_text(open.started), moment_text(open.ended), open.next);
    for (const std::string& name : attributes) {
      text += ',';
      for (const auto& [known, value] : open.attributes)
        if (known == name) text += cell(value);
    }
    text += '\n';
  }
  return text;
}

}  // namespace ketensim
