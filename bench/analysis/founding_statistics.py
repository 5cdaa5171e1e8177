"""The founding statistics with pandas: group by cell; count, mean, median, standard deviation, percentiles."""

import json
import sys
import time

import pandas

files = json.loads(sys.stdin.read())
before = time.perf_counter()
rows = pandas.concat((pandas.read_csv(file) for file in files), ignore_index=True)
latency = rows.groupby(["system", "replicas", "clients", "messages"])["latency_us"]
table = latency.describe(percentiles=[0.5, 0.9, 0.95, 0.99, 0.999])
print(json.dumps({"seconds": time.perf_counter() - before, "cells": len(table)}), end="")
