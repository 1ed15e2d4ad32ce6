"""The same cells in the formats of other programs, each made when somebody asks for it.

What a format holds is read back from the CSV files, so a figure can't be another one there. `making.py` knows what writes each format; this module
only names them, because pages list formats and need none of the libraries.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Format:
    """`option`: its name on the command line. `file`: what the browser gets; in a folder, Parquet is one file for each table."""

    option: str
    file: str
    title: Promise
    holds: Promise
    media_type: str


FORMATS: tuple[Format, ...] = (
    Format("parquet", "parquet.zip", _("Parquet, for pandas, R and DuckDB"), _("Every table as a Parquet file with typed columns, in one archive."),
           "application/zip"),
    Format("xlsx", "workbook.xlsx", _("Excel workbook"), _("A sheet for every table, numbers as numbers, and a first sheet that says what it is."),
           "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Format("sav", "aggregates.sav", _("SPSS"), _("aggregates.csv with labels of variables, verdicts and groups."), "application/octet-stream"),
    Format("dta", "aggregates.dta", _("Stata, from 14"), _("aggregates.csv with labels of variables, verdicts and groups."), "application/octet-stream"),
)
BY_FILE = {found.file: found for found in FORMATS}
CSV = "csv"
OPTIONS = (CSV, *(found.option for found in FORMATS))
