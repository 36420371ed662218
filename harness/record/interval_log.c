#include "record/interval_log.h"

#include <time.h>

void interval_log_write(const struct load_record *record, double started, struct text *out)
{
    time_t seconds = (time_t)started;
    struct tm utc;
    char date[64];

    gmtime_r(&seconds, &utc);
    strftime(date, sizeof date, "%a %b %d %H:%M:%S UTC %Y", &utc);
    text_add(out, "#[Response times of twofold load, in nanoseconds]\n"
                  "#[Histogram log format version 1.3]\n");
    text_format(out, "#[StartTime: %.3f (seconds since epoch), %s]\n", started, date);
    text_add(out, "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n");
    for (size_t i = 0; i < record->interval_count; i++) {
        const struct histogram *response = &record->intervals[i].response;
        text_format(out, "%.3f,%.3f,%.3f,", (double)(i * record->interval_ns) / 1e9, (double)record->interval_ns / 1e9,
                    (double)response->max / 1e6);
        histogram_encode(response, out);
        text_add(out, "\n");
    }
}
