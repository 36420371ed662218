/* watch_parts: what a watch consists of, for the modules that make it. */
#ifndef TWOFOLD_HOST_WATCH_WATCH_PARTS_H
#define TWOFOLD_HOST_WATCH_WATCH_PARTS_H

#include "host/process/outsider.h"
#include "host/sampler.h"
#include "host/watch/metrics_page.h"
#include "host/watch/remote_sampler.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct watched_page {
    struct metrics_page *page;
    bool come; /* since the pages were last asked for */
    struct process_metrics metrics;
    uint64_t asked_ns;
};

struct watched_group {
    char *folder;
    pid_t first; /* whose control groups are read */
};

struct watch {
    bool launched;
    struct sampler *sampler; /* NULL: nothing of this machine is read */
    struct outsider *roots;  /* the processes that were named, with whose end the watch ends */
    size_t root_count;
    struct watched_group *groups;
    size_t group_count;
    uint64_t groups_looked_ns;
    struct remote_sampler **remotes;
    size_t remote_count;
    struct watched_page *pages;
    size_t page_count;
    uint64_t next_question_ns; /* when the pages are asked for again */

    struct runtime_sample runtime;
    bool runtime_fresh;
    uint64_t last_at_ns;
    uint64_t processes;             /* of this machine, at the last reading */
    uint64_t rss_bytes, peak_bytes; /* as last read, and the highest since the reset */

    char *words, *missing;
    struct core_set cores; /* of this machine that the service may use; empty: not known */
    unsigned core_count;   /* everywhere; 0: not known */
};

/* Whether processes of this machine are read. */
bool watch_parts_local(const struct watch *watch);

/* Reads which processes are in the groups, and follows those that are new. */
void watch_parts_follow_groups(struct watch *watch);

/* Takes a first reading, and says in words what is watched. */
void watch_parts_find_words(struct watch *watch);

#endif
