#pragma once

#include <hdf5.h>

#include <cstdint>
#include <filesystem>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// The part of HDF5 that netCDF-4 files need, with handles that close themselves and failures that throw.
namespace ketensim::hdf5 {

struct Error : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// An identifier of the library, owned.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);
  Handle() = default;
  /// Throws Error naming `what` if the library gave no identifier.
  Handle(hid_t id, Close close, std::string_view what);
  Handle(Handle&& other) noexcept;
  Handle& operator=(Handle&& other) noexcept;
  ~Handle();
  hid_t id() const { return id_; }

 private:
  hid_t id_ = H5I_INVALID_HID;
  Close close_ = nullptr;
};

using Shape = std::vector<hsize_t>;

/// A file that lives in memory until image_of() is asked for: what reaches the disk is then one piece of bytes.
Handle create_in_memory();
std::string image_of(const Handle& file);
/// A file on the disk, as it is filled; the same bytes. Closing the handle finishes it.
Handle create_file(const std::filesystem::path& path);
/// Nothing is left to be written.
void flush(const Handle& file);

/// Opens a file to read. Throws Error if it is not a whole HDF5 file.
Handle open_file(const std::filesystem::path& path);

Handle create_group(const Handle& parent, const std::string& name);
Handle open_group(const Handle& parent, const std::string& name);

/// Datasets of doubles (filled with NaN), whole numbers, and texts of any length. A `chunk` compresses.
Handle create_doubles(const Handle& parent, const std::string& name, const Shape& shape, const Shape& chunk);
Handle create_integers(const Handle& parent, const std::string& name, const Shape& shape);
Handle create_texts(const Handle& parent, const std::string& name, const Shape& shape);
Handle open_dataset(const Handle& parent, const std::string& name);
bool has(const Handle& parent, const std::string& name);

/// Writes the part of a dataset with the given first index, and with second indices from `second` on as far as the
/// values go.
void write_slab(const Handle& dataset, hsize_t first_index, hsize_t second, std::span<const double> values);
void write(const Handle& dataset, std::span<const std::int32_t> values);
void write(const Handle& dataset, std::span<const std::string> values);

Shape shape_of(const Handle& dataset);
std::vector<double> read_slab(const Handle& dataset, hsize_t first_index);
std::vector<std::int32_t> read_integers(const Handle& dataset);
std::vector<std::string> read_texts(const Handle& dataset);

/// Makes a dataset of one axis a dimension, and gives a variable its dimensions.
void make_dimension(const Handle& dataset, const std::string& name);
void attach_dimension(const Handle& variable, const Handle& dimension, unsigned axis);

/// A single text is of fixed length (netCDF's char), which tools that know no strings read as well.
void put_attribute(const Handle& object, const std::string& name, std::string_view text);
void put_attribute(const Handle& object, const std::string& name, std::span<const std::string> texts);
void put_attribute(const Handle& object, const std::string& name, std::span<const double> values);
void put_attribute(const Handle& object, const std::string& name, std::span<const std::int32_t> values);
void put_attribute(const Handle& object, const std::string& name, std::span<const std::uint64_t> values);

std::string text_attribute(const Handle& object, const std::string& name);
std::vector<std::string> text_attributes(const Handle& object, const std::string& name);
std::vector<double> double_attributes(const Handle& object, const std::string& name);
std::vector<std::int32_t> integer_attributes(const Handle& object, const std::string& name);
std::vector<std::uint64_t> unsigned_attributes(const Handle& object, const std::string& name);

}  // namespace ketensim::hdf5
