#include "report/words/evidence_phrase.h"

#include "report/words/figures.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* The words around the value of a piece of evidence. */
struct saying {
    const char *key, *before, *after;
};

static const struct saying sayings[] = {
    {"service_cpu_share", "its own work ", " of its cores"},
    {"busiest_thread_share", "busiest thread ", " of a core"},
    {"service_cores_busy_share", "everything on them ", ""},
    {"dependency_cpu_share", "it used ", " of its cores"},
    {"dependency_time_share", "its requests were in what it depends on for ", " of their time"},
    {"dependency_call_ns", "a call there took ", " in the mean"},
    {"sessions_active_share", "its sessions there were at work ", " of the time"},
    {"sessions_on_locks_share", "", " of that time waiting for each other's locks"},
    {"sessions_on_inner_share", "", " of that time waiting for the database's own locks"},
    {"sessions_on_disk_share", "", " of that time waiting for its disk"},
    {"dependency_beside_share", "what it depends on ", ""},
    {"breaking_cpu_share", "", " around the break"},
    {"breaking_thread_share", "", " around the break"},
    {"raised_cpu_share", "", " while traffic was raised"},
    {"queue_busy_share", "busy for ", " of the time"},
    {"queueing_expected_ns", "which makes responses take ", " in the mean"},
    {"response_mean_ns", "they took ", ""},
    {"accept_queue_overflows", "", " new connections found the accept queue full"},
    {"file_descriptors_open", "", " file descriptors open"},
    {"file_descriptor_limit", "", " allowed"},
    {"refused_share", "", " of its requests"},
    {"refused_mean_ns", "each within ", " in the mean"},
    {"pauses", "", " of them seen"},
    {"pause_length_ns", "pauses of about ", ""},
    {"pause_period_ns", "every ", ""},
    {"stopped_share", "stopped ", " of the time"},
    {"tcp_retransmits", "", " TCP segments sent again"},
    {"link_bytes_per_s", "its link carried ", ""},
    {"link_lower_bytes_per_s", "", " at a lower load"},
    {"link_share", "which is ", " of its rate"},
    {"quota_cores", "it may use ", ""},
    {"throttled_periods_share", "the quota used up in ", " of its periods"},
    {"core_wait_share", "its threads waited for a core for ", " of the time in which they could have run"},
    {"served_rps", "it served ", ""},
    {"served_at_another_load_rps", "and at another load no more than ", ""},
    {"memory_idle_bytes", "", " before any load"},
    {"memory_per_connection_bytes", "", " a connection"},
    {"group_memory_peak_bytes", "its control group held ", ""},
    {"group_memory_limit_bytes", "", " allowed"},
    {"group_oom_kills", "", " of its processes killed for want of memory"},
    {"major_faults", "", " pages waited for from a disk"},
    {"run_delay_share", "its threads waited for a core for ", " of the time"},
    {"oom_kills", "", " killed by the kernel for want of memory"},
    {"throttled_share", "throttled by its quota ", " of the time"},
    {"steal_share", "the hypervisor took ", " of them"},
    {"foreign_share", "other programs took ", " of them"},
    {"rss_first_bytes", "from ", ""},
    {"rss_peak_bytes", "to ", ""},
    {"swap_bytes", "", " swapped out"},
    {"service_used_cores", "its own work ", ""},
    {"event_loop_lag_ns", "its event loop was late by ", ""},
    {"gc_share", "it collected garbage for ", " of the time"},
    {"goroutines", "", " goroutines"},
    {"pool_active", "", " connections of its pool in use"},
    {"pool_waiting", "", " requests waiting for one"},
    {NULL, NULL, NULL},
};

static bool ends_with(const char *key, const char *suffix)
{
    size_t length = strlen(key), wanted = strlen(suffix);
    return length > wanted && strcmp(key + length - wanted, suffix) == 0;
}

/* The key says in which unit its value is. */
static void add_value(struct text *out, const struct evidence *evidence)
{
    bool whole = evidence->value >= 0 && evidence->value < 0x1p63;

    if (!whole) {
        text_add(out, "-");
    } else if (ends_with(evidence->key, "_share")) {
        figures_share(out, evidence->value);
    } else if (ends_with(evidence->key, "_bytes")) {
        figures_size(out, (uint64_t)evidence->value);
    } else if (ends_with(evidence->key, "_bytes_per_s")) {
        figures_size(out, (uint64_t)evidence->value);
        text_add(out, "/s");
    } else if (ends_with(evidence->key, "_ns")) {
        figures_time(out, (uint64_t)evidence->value);
    } else if (ends_with(evidence->key, "_rps")) {
        figures_rate(out, evidence->value);
    } else if (ends_with(evidence->key, "_cores")) {
        text_format(out, "%.2g cores", evidence->value);
    } else {
        figures_count(out, (uint64_t)(evidence->value + 0.5));
    }
}

/* A key without a saying still reads as words: "pool_wait_ns" is "pool wait 12.0 ms". */
static void add_key(struct text *out, const char *key)
{
    static const char *const suffixes[] = {"_share", "_bytes_per_s", "_bytes", "_ns", "_rps", "_cores", NULL};
    size_t begin = out->length;

    text_add(out, key);
    for (size_t i = 0; suffixes[i] != NULL; i++) {
        if (ends_with(key, suffixes[i])) {
            out->length -= strlen(suffixes[i]);
            break;
        }
    }
    out->data[out->length] = '\0';
    for (size_t i = begin; i < out->length; i++) {
        if (out->data[i] == '_') {
            out->data[i] = ' ';
        }
    }
    text_add(out, " ");
}

void evidence_phrase_add(struct text *out, const struct evidence *evidence)
{
    for (const struct saying *saying = sayings; saying->key != NULL; saying++) {
        if (strcmp(saying->key, evidence->key) == 0) {
            text_add(out, saying->before);
            add_value(out, evidence);
            text_add(out, saying->after);
            return;
        }
    }
    add_key(out, evidence->key);
    add_value(out, evidence);
}
