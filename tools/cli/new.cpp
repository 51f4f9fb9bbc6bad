#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <filesystem>

#include "tools/cli/embedded.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"
#include "tools/results/output.hpp"

namespace ketensim::cli {
namespace {

constexpr std::string_view kNameMark = "@NAME@";

po::options_description options() {
  po::options_description options("Options");
  options.add_options()("out", po::value<std::string>()->value_name("DIR"),
                        "write it into this folder (default: here)")("quiet", "print nothing but errors");
  return options;
}

/// The name stands in file names, YAML and comments: nothing in it may mean anything there.
void check_name(const std::string& name) {
  const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c == '-' || c == '_';
  });
  if (!plain || !std::isalpha(static_cast<unsigned char>(name.front())))
    throw InputError(
        fmt::format("new: a name is made of letters, digits, `-` and `_`, and begins with a letter: not '{}'", name));
}

std::string named(std::string_view text, const std::string& name) {
  std::string all;
  for (std::size_t at = text.find(kNameMark); at != std::string_view::npos; at = text.find(kNameMark)) {
    all += std::string(text.substr(0, at)) + name;
    text.remove_prefix(at + kNameMark.size());
  }
  return all + std::string(text);
}

void run(const Arguments& arguments) {
  if (arguments.files().size() != 1) throw InputError("new: name one scenario");
  const std::string& name = arguments.files().front();
  check_name(name);
  OutputFolder folder(arguments.text("out").value_or("."));
  const std::filesystem::path file = folder.path() / (name + ".yaml");
  if (std::filesystem::exists(file)) throw InputError(fmt::format("new: {} is there already", file.string()));
  folder.add(name + ".yaml", named(new_scenario(), name));
  folder.commit();
  if (!arguments.has("quiet"))
    show(fmt::format("{} is a chain to start from: change it, and run it with `ketensim run {}`\n", file.string(),
                     file.string()));
}

}  // namespace

Verb new_verb() {
  return {"new",
          "NAME",
          "Writes a commented scenario to start from",
          "  ketensim new mychain\n"
          "  ketensim run mychain.yaml --out out/mychain\n",
          options,
          run};
}

}  // namespace ketensim::cli
