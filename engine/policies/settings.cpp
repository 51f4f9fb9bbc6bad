#include "ketensim/settings.hpp"

#include <stdexcept>

#include "ketensim/chain.hpp"

namespace ketensim {

template <class T>
const T& Settings::get(std::string_view key) const {
  const auto at = values.find(key);
  if (at == values.end()) throw std::logic_error("no setting " + std::string(key));
  const T* value = std::get_if<T>(&at->second);
  if (!value) throw std::logic_error("setting " + std::string(key) + " is of another type");
  return *value;
}

template <class T>
T Settings::get_or(std::string_view key, T fallback) const {
  return has(key) ? get<T>(key) : std::move(fallback);
}

template const bool& Settings::get(std::string_view) const;
template const double& Settings::get(std::string_view) const;
template const Duration& Settings::get(std::string_view) const;
template const Date& Settings::get(std::string_view) const;
template const Change& Settings::get(std::string_view) const;
template const std::string& Settings::get(std::string_view) const;
template const std::vector<std::string>& Settings::get(std::string_view) const;
template const std::vector<Target>& Settings::get(std::string_view) const;
template const std::vector<Condition>& Settings::get(std::string_view) const;
template const std::vector<Change>& Settings::get(std::string_view) const;
template const Settings& Settings::get(std::string_view) const;

template bool Settings::get_or(std::string_view, bool) const;
template double Settings::get_or(std::string_view, double) const;
template Duration Settings::get_or(std::string_view, Duration) const;
template Date Settings::get_or(std::string_view, Date) const;
template Change Settings::get_or(std::string_view, Change) const;
template std::string Settings::get_or(std::string_view, std::string) const;
template std::vector<std::string> Settings::get_or(std::string_view, std::vector<std::string>) const;
template std::vector<Target> Settings::get_or(std::string_view, std::vector<Target>) const;
template std::vector<Condition> Settings::get_or(std::string_view, std::vector<Condition>) const;
template Settings Settings::get_or(std::string_view, Settings) const;

}  // namespace ketensim
