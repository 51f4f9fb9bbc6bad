#include "tools/results/hdf5.hpp"

#include <fmt/format.h>
#include <hdf5_hl.h>

#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace ketensim::hdf5 {
namespace {

// More, or bytes shuffled, costs two or three times the time and saves a hundredth: most figures are means, whose bytes
// are as good as random.
constexpr unsigned kCompression = 1;

void check(herr_t status, std::string_view what) {
  if (status < 0) throw Error(fmt::format("HDF5 could not {}", what));
}

Handle properties(hid_t kind) { return {H5Pcreate(kind), H5Pclose, "make properties"}; }

Handle space(const Shape& shape) {
  return {H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr), H5Sclose, "make a shape"};
}

/// Texts of any length in UTF-8: netCDF's string.
Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a type");
  check(H5Tset_size(type.id(), H5T_VARIABLE), "make a type");
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "make a type");
  return type;
}

/// netCDF finds variables, dimensions and attributes in the order of their making, and needs that to be tracked.
constexpr unsigned kInOrder = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

/// No times in the file: equal results are equal bytes.
Handle dataset_properties() {
  Handle making = properties(H5P_DATASET_CREATE);
  check(H5Pset_obj_track_times(making.id(), false), "set properties");
  check(H5Pset_attr_creation_order(making.id(), kInOrder), "set properties");
  return making;
}

Handle create_dataset(const Handle& parent, const std::string& name, hid_t type, const Shape& shape,
                      const Handle& making) {
  return {H5Dcreate2(parent.id(), name.c_str(), type, space(shape).id(), H5P_DEFAULT, making.id(), H5P_DEFAULT),
          H5Dclose, "make dataset " + name};
}

hsize_t size_of(const Shape& shape) {
  return std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>());
}

/// The selection of everything at one first index, and the shape of it; of the second axis only a part, if one is
/// given.
std::pair<Handle, Shape> slab(const Handle& dataset, hsize_t first_index, std::pair<hsize_t, hsize_t> second = {0, 0}) {
  Handle file_space(H5Dget_space(dataset.id()), H5Sclose, "read a shape");
  Shape count = shape_of(dataset);
  Shape start(count.size(), 0);
  count.front() = 1;
  start.front() = first_index;
  if (second.second > 0) {
    start[1] = second.first;
    count[1] = second.second;
  }
  check(H5Sselect_hyperslab(file_space.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
        "select a part");
  return {std::move(file_space), std::move(count)};
}

}  // namespace

Handle::Handle(hid_t id, Close close, std::string_view what) : id_(id), close_(close) {
  if (id_ < 0) throw Error(fmt::format("HDF5 could not {}", what));
}
Handle::Handle(Handle&& other) noexcept
    : id_(std::exchange(other.id_, H5I_INVALID_HID)), close_(std::exchange(other.close_, nullptr)) {}
Handle& Handle::operator=(Handle&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(close_, other.close_);
  return *this;
}
Handle::~Handle() {
  if (id_ >= 0) close_(id_);
}

namespace {

Handle create(const std::string& name, const Handle& access) {
  // A file head of the newer versions has a checksum that H5Fget_file_image() (1.10) leaves wrong.
  check(H5Pset_libver_bounds(access.id(), H5F_LIBVER_EARLIEST, H5F_LIBVER_V110), "set properties");
  const Handle making = properties(H5P_FILE_CREATE);
  check(H5Pset_link_creation_order(making.id(), kInOrder), "set properties");
  check(H5Pset_attr_creation_order(making.id(), kInOrder), "set properties");
  check(H5Pset_obj_track_times(making.id(), false), "set properties");
  return {H5Fcreate(name.c_str(), H5F_ACC_TRUNC, making.id(), access.id()), H5Fclose, "make a file"};
}

}  // namespace

Handle create_in_memory() {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);  // failures are thrown, not printed
  const Handle access = properties(H5P_FILE_ACCESS);
  check(H5Pset_fapl_core(access.id(), std::size_t{1} << 20, false), "set properties");
  return create("in memory", access);
}

Handle create_file(const std::filesystem::path& path) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  return create(path.string(), properties(H5P_FILE_ACCESS));
}

void flush(const Handle& file) { check(H5Fflush(file.id(), H5F_SCOPE_GLOBAL), "finish the file"); }

std::string image_of(const Handle& file) {
  flush(file);
  const ssize_t size = H5Fget_file_image(file.id(), nullptr, 0);
  if (size <= 0) throw Error("HDF5 could not finish the file");
  std::string image(static_cast<std::size_t>(size), '\0');
  if (H5Fget_file_image(file.id(), image.data(), image.size()) != size) throw Error("HDF5 could not finish the file");
  return image;
}

Handle open_file(const std::filesystem::path& path) {
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
  return {H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "open the file"};
}

Handle create_group(const Handle& parent, const std::string& name) {
  const Handle making = properties(H5P_GROUP_CREATE);
  check(H5Pset_link_creation_order(making.id(), kInOrder), "set properties");
  check(H5Pset_attr_creation_order(making.id(), kInOrder), "set properties");
  check(H5Pset_obj_track_times(making.id(), false), "set properties");
  return {H5Gcreate2(parent.id(), name.c_str(), H5P_DEFAULT, making.id(), H5P_DEFAULT), H5Gclose, "make group " + name};
}

Handle open_group(const Handle& parent, const std::string& name) {
  return {H5Gopen2(parent.id(), name.c_str(), H5P_DEFAULT), H5Gclose, "find group " + name};
}

Handle create_doubles(const Handle& parent, const std::string& name, const Shape& shape, const Shape& chunk) {
  const Handle making = dataset_properties();
  const double fill = std::numeric_limits<double>::quiet_NaN();
  check(H5Pset_fill_value(making.id(), H5T_NATIVE_DOUBLE, &fill), "set properties");
  if (!chunk.empty()) {
    check(H5Pset_chunk(making.id(), static_cast<int>(chunk.size()), chunk.data()), "set properties");
    check(H5Pset_deflate(making.id(), kCompression), "set properties");
  }
  Handle dataset = create_dataset(parent, name, H5T_IEEE_F64LE, shape, making);
  put_attribute(dataset, "_FillValue", std::span(&fill, 1));
  return dataset;
}

Handle create_integers(const Handle& parent, const std::string& name, const Shape& shape) {
  return create_dataset(parent, name, H5T_STD_I32LE, shape, dataset_properties());
}

Handle create_texts(const Handle& parent, const std::string& name, const Shape& shape) {
  return create_dataset(parent, name, text_type().id(), shape, dataset_properties());
}

Handle open_dataset(const Handle& parent, const std::string& name) {
  return {H5Dopen2(parent.id(), name.c_str(), H5P_DEFAULT), H5Dclose, "find dataset " + name};
}

bool has(const Handle& parent, const std::string& name) {
  return H5Lexists(parent.id(), name.c_str(), H5P_DEFAULT) > 0;
}

void write_slab(const Handle& dataset, hsize_t first_index, hsize_t second, std::span<const double> values) {
  const Shape whole = shape_of(dataset);
  const hsize_t row = size_of({whole.begin() + 2, whole.end()});
  if (row == 0 || values.size() % row != 0) throw Error("the values do not fill their part of a dataset");
  const auto [file_space, shape] = slab(dataset, first_index, {second, values.size() / row});
  if (size_of(shape) != values.size()) throw Error("the values do not fill their part of a dataset");
  check(H5Dwrite(dataset.id(), H5T_NATIVE_DOUBLE, space(shape).id(), file_space.id(), H5P_DEFAULT, values.data()),
        "write values");
}

void write(const Handle& dataset, std::span<const std::int32_t> values) {
  if (size_of(shape_of(dataset)) != values.size()) throw Error("the values do not fill their dataset");
  check(H5Dwrite(dataset.id(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "write values");
}

void write(const Handle& dataset, std::span<const std::string> values) {
  if (size_of(shape_of(dataset)) != values.size()) throw Error("the values do not fill their dataset");
  std::vector<const char*> pointers;
  for (const std::string& value : values) pointers.push_back(value.c_str());
  check(H5Dwrite(dataset.id(), text_type().id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "write values");
}

Shape shape_of(const Handle& dataset) {
  const Handle file_space(H5Dget_space(dataset.id()), H5Sclose, "read a shape");
  const int rank = H5Sget_simple_extent_ndims(file_space.id());
  if (rank < 1) throw Error("a dataset has no axes");
  Shape shape(static_cast<std::size_t>(rank));
  check(H5Sget_simple_extent_dims(file_space.id(), shape.data(), nullptr), "read a shape");
  return shape;
}

std::vector<double> read_slab(const Handle& dataset, hsize_t first_index) {
  const auto [file_space, shape] = slab(dataset, first_index);
  std::vector<double> values(size_of(shape));
  check(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, space(shape).id(), file_space.id(), H5P_DEFAULT, values.data()),
        "read values");
  return values;
}

std::vector<std::int32_t> read_integers(const Handle& dataset) {
  std::vector<std::int32_t> values(size_of(shape_of(dataset)));
  check(H5Dread(dataset.id(), H5T_NATIVE_INT32, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read values");
  return values;
}

std::vector<std::string> read_texts(const Handle& dataset) {
  const Handle stored(H5Dget_type(dataset.id()), H5Tclose, "read a type");
  if (H5Tis_variable_str(stored.id()) <= 0) throw Error("a dataset does not hold texts");
  std::vector<char*> pointers(size_of(shape_of(dataset)), nullptr);
  const Handle type = text_type();
  check(H5Dread(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, pointers.data()), "read values");
  std::vector<std::string> values;
  for (const char* pointer : pointers) values.emplace_back(pointer == nullptr ? "" : pointer);
  const Handle file_space(H5Dget_space(dataset.id()), H5Sclose, "read a shape");
  H5Dvlen_reclaim(type.id(), file_space.id(), H5P_DEFAULT, pointers.data());
  return values;
}

void make_dimension(const Handle& dataset, const std::string& name) {
  check(H5DSset_scale(dataset.id(), name.c_str()), "make dimension " + name);
}

void attach_dimension(const Handle& variable, const Handle& dimension, unsigned axis) {
  check(H5DSattach_scale(variable.id(), dimension.id(), axis), "attach a dimension");
}

}  // namespace ketensim::hdf5
