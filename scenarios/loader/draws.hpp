#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ketensim/chain.hpp"
#include "scenarios/loader/diagnostics.hpp"
#include "scenarios/loader/form.hpp"
#include "scenarios/loader/node.hpp"

namespace ketensim::loader {

/// Joint draws of the figures of a document, as `draws.csv` holds them: a row for each figure, named by its path in the
/// document, and a column for each draw.
class Draws {
 public:
  /// Reads the text of a file. Nothing if it has no rows and columns to speak of.
  static std::optional<Draws> read(const std::string& text, int file, Diagnostics& diagnostics);

  /// Marks the figures that are drawn in the document that names the draws (at `named_at`), before another is laid over
  /// it: what replaces a figure takes the mark away. Reports paths that lead to no figure, and cells that are none.
  void mark(Node& document, const Form& form, const Place& named_at, Diagnostics& diagnostics);

  /// The chain of the merged document under each draw: the figures that still bear a mark, replaced. Arrivals that were
  /// recorded stand in files of their own and are those of `chain`, the one without draws.
  std::vector<std::shared_ptr<const Chain>> chains(Node& root, const Chain& chain, Diagnostics& diagnostics) const;

  /// Where the draw (from 1) gives the first figure at or below a path of the merged document; else where the draws are
  /// named.
  Place place_of(const Node& root, const Path& path, int draw) const;

  std::size_t size() const { return size_; }

 private:
  struct Cell {
    std::string text;
    int column = 0;
  };
  struct Row {
    int line = 0;
    std::vector<Cell> cells;  // the path, then a figure for each draw
  };

  static Row split(std::string_view line, int number, int file, Diagnostics& diagnostics);
  bool check_header(const Row& header, Diagnostics& diagnostics);
  void check_figures(const Row& row, const Node& node, const Form& form, Diagnostics& diagnostics) const;
  Place at(const Row& row, std::size_t cell) const { return {file_, row.line, row.cells[cell].column}; }

  int file_ = 0;
  Place named_at_;
  std::size_t size_ = 0;
  std::vector<Row> rows_;
};

}  // namespace ketensim::loader
