"""Reads results.nc as its users will: xarray with both engines, h5py, netCDF4 and ncdump.

Usage: netcdf_readers_test.py KETENSIM FOLDER_WITH_EXAMPLES
"""
import csv
import pathlib
import subprocess
import sys
import tempfile

import h5py
import netCDF4
import numpy as np
import xarray as xr

VARIABLES = "inflow started outflow queue_end queue_mean wait_mean wait_p90 norm_met utilisation".split()
REPLICATIONS = 5


def simulate(binary, examples, folder):
    subprocess.run([binary, "compare", examples / "mini-chain.yaml", examples / "mini-clear-backlog.yaml",
                    "--replications", str(REPLICATIONS), "--out", folder, "--quiet"], check=True)


def check_dataset(data):
    assert data["inflow"].dims == ("scenario", "replication", "period", "step"), data["inflow"].dims
    assert list(data["scenario"].values) == ["mini-chain", "mini-clear-backlog"]
    assert data.sizes["replication"] == REPLICATIONS and data.sizes["period"] == 24
    assert data["period"].values[0] == np.datetime64("2024-01-01")
    assert data["period"].values[-1] == np.datetime64("2025-12-01")
    assert data["period_bounds"].values[-1, 1] == np.datetime64("2026-01-01")
    steps = list(data["step"].values)
    assert "VTT.research" in steps and "GEM.access" in steps and steps[-1] == "chain.all"
    names = dict(zip(steps, data["organisation_name"].values))
    assert names["VTT.research"] == "Veilig Thuis Twente", names
    groups = dict(zip(steps, data["organisation_group"].values))
    assert groups["GM0153.access"] == "GEM" and groups["VTT.research"] == ""
    for name in VARIABLES:
        assert data[name].dtype == np.float64, (name, data[name].dtype)  # and no time span
        assert data[name].attrs["units"] and data[name].attrs["long_name"], name
    assert data["wait_mean"].attrs["units"] == "day"
    assert data.attrs["Conventions"] == "CF-1.8" and data.attrs["ketensim_version"]
    assert list(np.atleast_1d(data.attrs["seed"])) == [20240101, 20240101]
    assert "lognormal" in data.attrs["scenario_text"][0]


def check_against_csv(data, folder):
    """The mean over replications is the one of indicators.csv."""
    compared = 0
    with open(folder / "indicators.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["statistic"] != "mean" or row["organisation"] != "RVDK" or row["indicator"] not in VARIABLES:
                continue
            values = data[row["indicator"]].sel(scenario=row["scenario"], period=row["period"],
                                                step=f"{row['organisation']}.{row['step']}").values
            mean = np.nan if np.isnan(values).all() else np.nanmean(values)
            assert np.isclose(mean, float(row["value"] or "nan"), rtol=1e-12, equal_nan=True), row
            compared += 1
    assert compared > 100, compared


def main(binary, examples):
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        simulate(binary, pathlib.Path(examples), folder)
        results = folder / "results.nc"
        for engine in ("h5netcdf", "netcdf4"):
            with xr.open_dataset(results, engine=engine) as data:
                check_dataset(data)
                check_against_csv(data, folder)
            with xr.open_dataset(results, engine=engine, group="longer") as longer:
                labels = list(longer["long_period"].values)
                assert labels[0] == "2024-Q1" and labels[-1] == "all", labels
                assert longer["queue_mean"].dims == ("scenario", "replication", "long_period", "step")
        with h5py.File(results) as file:
            assert file["inflow"].compression == "gzip"
            assert [scale for axis in file["inflow"].dims for scale in axis.keys()] == \
                ["scenario", "replication", "period", "step"]
        with netCDF4.Dataset(results, "a") as file:  # creation order is tracked, so it can be added to
            file.note = "added by another tool"
        header = subprocess.run(["ncdump", "-h", results], check=True, capture_output=True, text=True).stdout
        assert "double inflow(scenario, replication, period, step) ;" in header
        assert 'period:units = "days since 2024-01-01 00:00:00" ;' in header
        assert 'wait_mean:units = "day" ;' in header
        assert ':note = "added by another tool" ;' in header


if __name__ == "__main__":
    main(*sys.argv[1:])
