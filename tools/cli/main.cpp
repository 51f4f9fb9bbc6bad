#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>
#include <sstream>
#include <string>
#include <vector>

#include "ketensim/scenario.hpp"
#include "tools/cli/output_text.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

enum ExitStatus { kDone = 0, kOurFault = 1, kBadInput = 2, kNoAccess = 3 };

std::string overview() {
  std::string text =
      "Usage: ketensim VERB ...\n\n"
      "Simulates the capacity of a chain of organisations through which people pass.\n\n";
  for (const Verb& verb : verbs())
    if (!verb.hidden) text += fmt::format("  {:<10} {}\n", verb.name, verb.summary);
  text +=
      "\n  ketensim VERB --help shows the options and examples of a verb.\n"
      "  ketensim --version shows the version.\n\n"
      "Exit status: 0 done, 1 our fault, 2 bad input or usage, 3 could not read or write.\n";
  return text;
}

po::options_description options_of(const Verb& verb) {
  po::options_description options = verb.options();
  options.add_options()("help,h", "show this text");
  return options;
}

std::string help(const Verb& verb) {
  std::ostringstream options;
  options << options_of(verb);
  return fmt::format("Usage: ketensim {} {} [options]\n\n{}.\n\n{}\nExamples:\n{}", verb.name, verb.operands,
                     verb.summary, options.str(), verb.examples);
}

const Verb& find_verb(const std::string& name) {
  std::vector<std::string> known;
  for (const Verb& verb : verbs()) {
    if (verb.name == name) return verb;
    if (!verb.hidden) known.emplace_back(verb.name);
  }
  const std::string nearest = nearest_name(name, known);
  throw InputError(
      fmt::format("unknown {} {}{}", name.starts_with('-') ? "option" : "verb", name,
                  nearest.empty() ? ": see ketensim --help" : fmt::format(" (did you mean {}?)", nearest)));
}

void run(const std::vector<std::string>& words) {
  if (words.empty()) throw InputError("no verb given\n\n" + overview());
  if (words[0] == "--help" || words[0] == "-h") return show(overview());
  if (words[0] == "--version") return show("ketensim " KETENSIM_VERSION "\n");
  const Verb& verb = find_verb(words[0]);
  const Arguments arguments({words.begin() + 1, words.end()}, options_of(verb));
  if (arguments.has("help")) return show(help(verb));
  verb.run(arguments);
}

/// Results that did not reach their reader (a full disk behind `>`) are no success.
void finish_output() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) throw IoError("cannot write to the standard output");
}

int report_failure(ExitStatus status, const char* message) {
  std::fflush(stdout);
  fmt::print(stderr, "ketensim: {}\n", message);
  return status;
}

}  // namespace
}  // namespace ketensim::cli

int main(int count, char** words) {
  using namespace ketensim;
  using namespace ketensim::cli;
  try {
    run({words + 1, words + count});
    finish_output();
    return kDone;
  } catch (const InputError& error) {
    return report_failure(kBadInput, error.what());
  } catch (const IoError& error) {
    return report_failure(kNoAccess, error.what());
  } catch (const std::bad_alloc&) {
    return report_failure(kOurFault, "not enough memory");
  } catch (const std::exception& error) {
    return report_failure(kOurFault, error.what());
  }
}
