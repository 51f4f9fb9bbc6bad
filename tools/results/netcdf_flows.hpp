#pragma once

#include "tools/results/hdf5.hpp"
#include "tools/results/study.hpp"

/// The part of results.nc that tells which ways cases went. Files of earlier versions have none.
namespace ketensim::netcdf {

void write_flows(const hdf5::Handle& file, const Study& study, const hdf5::Handle& scenarios,
                 const hdf5::Handle& replications);

/// Throws hdf5::Error where it does not fit the scenarios that were read before.
void read_flows(const hdf5::Handle& file, Study& study);

}  // namespace ketensim::netcdf
