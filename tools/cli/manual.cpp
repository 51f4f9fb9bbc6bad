// What the command line tells of itself beside --help: a manual page and completion for bash, from the table of verbs.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "tools/cli/output_text.hpp"
#include "tools/cli/verbs.hpp"
#include "tools/results/errors.hpp"

namespace ketensim::cli {
namespace {

po::options_description options() {
  po::options_description options("Options");
  options.add_options()("man", "print the manual page")("completion", "print completion for bash");
  return options;
}

/// Text within a manual page: roff reads `\`, `-` and a `.` or `'` at the start of a line in ways of its own.
std::string roff(std::string_view text) {
  std::string safe;
  for (const char c : text) {
    if ((c == '.' || c == '\'') && (safe.empty() || safe.back() == '\n')) safe += "\\&";
    if (c == '-' || c == '\\') safe += c == '\\' ? "\\e" : "\\-";
    if (c != '-' && c != '\\') safe += c;
  }
  return safe;
}

std::string options_of_page(const Verb& verb) {
  std::string text;
  const po::options_description described = verb.options();
  for (const auto& option : described.options()) {
    const std::string parameter = option->format_parameter();
    text +=
        fmt::format(".TP\n\\fB\\-\\-{}\\fR{}\n{}\n", roff(option->long_name()),
                    parameter.empty() ? "" : fmt::format(" \\fI{}\\fR", roff(parameter)), roff(option->description()));
  }
  return text;
}

std::string manual_page() {
  std::string text = ".TH KETENSIM 1 \"\" \"ketensim " KETENSIM_VERSION
                     "\" \"User Commands\"\n.SH NAME\nketensim \\- simulates the capacity of a chain of organisations\n"
                     ".SH SYNOPSIS\n.B ketensim\n\\fIVERB\\fR ...\n.SH VERBS\n";
  for (const Verb& verb : verbs()) {
    if (verb.hidden) continue;
    text += fmt::format(".SS \"ketensim {} {}\"\n{}.\n{}.PP\nExamples:\n.PP\n.nf\n{}.fi\n", roff(verb.name),
                        roff(verb.operands), roff(verb.summary), options_of_page(verb), roff(verb.examples));
  }
  return text +
         ".SH EXIT STATUS\n0 done, 1 our fault, 2 bad input or usage, 3 could not read or write.\n"
         ".SH SEE ALSO\nREADME.md, scenarios/FORMAT.md and tools/OUTPUT.md in the sources.\n";
}

std::string option_words(const Verb& verb) {
  std::string words;
  const po::options_description described = verb.options();
  for (const auto& option : described.options()) words += " --" + option->long_name();
  return words + " --help";
}

/// After a verb its options, where the word begins so; else files.
std::string bash_completion() {
  std::string names, cases;
  for (const Verb& verb : verbs()) {
    if (verb.hidden) continue;
    names += std::string(verb.name) + " ";
    cases += fmt::format("    {}) options=\"{}\" ;;\n", verb.name, option_words(verb).substr(1));
  }
  return fmt::format(
      "# Completion for bash: source it, or put it in ~/.local/share/bash-completion/completions/ketensim\n"
      "_ketensim() {{\n"
      "  local word=${{COMP_WORDS[COMP_CWORD]}} options=\n"
      "  if ((COMP_CWORD == 1)); then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"{}--help --version\" -- \"$word\")\n"
      "    return\n"
      "  fi\n"
      "  case ${{COMP_WORDS[1]}} in\n{}  esac\n"
      "  if [[ $word == -* ]]; then\n"
      "    mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
      "  else\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
      "  fi\n"
      "}}\n"
      "complete -o filenames -F _ketensim ketensim\n",
      names, cases);
}

void run(const Arguments& arguments) {
  if (arguments.has("man") == arguments.has("completion") || !arguments.files().empty())
    throw InputError("manual: choose --man or --completion");
  show(arguments.has("man") ? manual_page() : bash_completion());
}

}  // namespace

Verb manual_verb() {
  return {"manual",
          "--man|--completion",
          "Prints the manual page, or completion for bash",
          "  ketensim manual --man > ketensim.1\n"
          "  ketensim manual --completion > ketensim.bash\n",
          options,
          run,
          true};
}

}  // namespace ketensim::cli
