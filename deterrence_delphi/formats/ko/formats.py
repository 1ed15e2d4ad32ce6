"""Before noon or after comes first: 2026년 11월 22일 오후 7:30."""

DATETIME_FORMAT = "Y년 n월 j일 A g:i"
