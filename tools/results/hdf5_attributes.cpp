#include "tools/results/hdf5.hpp"

namespace ketensim::hdf5 {
namespace {

void check(herr_t status, const std::string& name) {
  if (status < 0) throw Error("HDF5 could not handle attribute " + name);
}

Handle list(std::size_t size) {
  const hsize_t length = size;
  return {H5Screate_simple(1, &length, nullptr), H5Sclose, "make a shape"};
}

Handle text_type(std::size_t size) {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "make a type");
  check(H5Tset_size(type.id(), size), "type");
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "type");
  return type;
}

void put(const Handle& object, const std::string& name, hid_t stored, hid_t given, const Handle& space,
         const void* values) {
  const Handle attribute(H5Acreate2(object.id(), name.c_str(), stored, space.id(), H5P_DEFAULT, H5P_DEFAULT), H5Aclose,
                         "make attribute " + name);
  check(H5Awrite(attribute.id(), given, values), name);
}

Handle open(const Handle& object, const std::string& name) {
  return {H5Aopen(object.id(), name.c_str(), H5P_DEFAULT), H5Aclose, "find attribute " + name};
}

std::size_t count(const Handle& attribute) {
  const Handle space(H5Aget_space(attribute.id()), H5Sclose, "read a shape");
  const hssize_t points = H5Sget_simple_extent_npoints(space.id());
  if (points < 0) throw Error("HDF5 could not read a shape");
  return static_cast<std::size_t>(points);
}

template <class Number>
std::vector<Number> numbers(const Handle& object, const std::string& name, hid_t type) {
  const Handle attribute = open(object, name);
  std::vector<Number> values(count(attribute));
  check(H5Aread(attribute.id(), type, values.data()), name);
  return values;
}

}  // namespace

void put_attribute(const Handle& object, const std::string& name, std::string_view text) {
  const Handle type = text_type(text.empty() ? 1 : text.size());
  const std::string terminated(text);
  put(object, name, type.id(), type.id(), {H5Screate(text.empty() ? H5S_NULL : H5S_SCALAR), H5Sclose, "make a shape"},
      terminated.c_str());
}

void put_attribute(const Handle& object, const std::string& name, std::span<const std::string> texts) {
  const Handle type = text_type(H5T_VARIABLE);
  std::vector<const char*> pointers;
  for (const std::string& text : texts) pointers.push_back(text.c_str());
  put(object, name, type.id(), type.id(), list(texts.size()), pointers.data());
}

void put_attribute(const Handle& object, const std::string& name, std::span<const double> values) {
  put(object, name, H5T_IEEE_F64LE, H5T_NATIVE_DOUBLE, list(values.size()), values.data());
}

void put_attribute(const Handle& object, const std::string& name, std::span<const std::int32_t> values) {
  put(object, name, H5T_STD_I32LE, H5T_NATIVE_INT32, list(values.size()), values.data());
}

void put_attribute(const Handle& object, const std::string& name, std::span<const std::uint64_t> values) {
  put(object, name, H5T_STD_U64LE, H5T_NATIVE_UINT64, list(values.size()), values.data());
}

std::string text_attribute(const Handle& object, const std::string& name) {
  const Handle attribute = open(object, name);
  const Handle stored(H5Aget_type(attribute.id()), H5Tclose, "read a type");
  if (H5Tget_class(stored.id()) != H5T_STRING || H5Tis_variable_str(stored.id()) != 0)
    throw Error("attribute " + name + " is not a text");
  std::string text(H5Tget_size(stored.id()), '\0');
  if (count(attribute) != 1) return "";
  check(H5Aread(attribute.id(), stored.id(), text.data()), name);
  text.resize(std::char_traits<char>::length(text.c_str()));
  return text;
}

std::vector<std::string> text_attributes(const Handle& object, const std::string& name) {
  const Handle attribute = open(object, name);
  const Handle stored(H5Aget_type(attribute.id()), H5Tclose, "read a type");
  if (H5Tis_variable_str(stored.id()) <= 0) throw Error("attribute " + name + " does not hold texts");
  std::vector<char*> pointers(count(attribute), nullptr);
  const Handle type = text_type(H5T_VARIABLE);
  check(H5Aread(attribute.id(), type.id(), pointers.data()), name);
  std::vector<std::string> texts;
  for (const char* pointer : pointers) texts.emplace_back(pointer == nullptr ? "" : pointer);
  const Handle space(H5Aget_space(attribute.id()), H5Sclose, "read a shape");
  H5Dvlen_reclaim(type.id(), space.id(), H5P_DEFAULT, pointers.data());
  return texts;
}

std::vector<double> double_attributes(const Handle& object, const std::string& name) {
  return numbers<double>(object, name, H5T_NATIVE_DOUBLE);
}

std::vector<std::int32_t> integer_attributes(const Handle& object, const std::string& name) {
  return numbers<std::int32_t>(object, name, H5T_NATIVE_INT32);
}

std::vector<std::uint64_t> unsigned_attributes(const Handle& object, const std::string& name) {
  return numbers<std::uint64_t>(object, name, H5T_NATIVE_UINT64);
}

}  // namespace ketensim::hdf5
