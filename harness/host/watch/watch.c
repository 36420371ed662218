#include "host/watch/watch.h"

#include "base/clock.h"
#include "base/mem.h"
#include "host/watch/group_members.h"
#include "host/watch/sample_sum.h"
#include "host/watch/watch_parts.h"

#include <signal.h>
#include <stdlib.h>

/* How often pages of metrics are asked for, and control groups for their processes. */
#define QUESTION_EVERY_NS CLOCK_SECOND_NS
#define GROUPS_EVERY_NS   CLOCK_SECOND_NS

struct watch *watch_launched(pid_t pid, uint16_t port, const struct core_set *cores)
{
    struct watch *watch = mem_new(1, sizeof *watch);

    *watch = (struct watch){.launched = true,
                            .sampler = sampler_new(pid, port, cores),
                            .cores = *cores,
                            .core_count = core_set_count(cores)};
    return watch;
}

int watch_follow(struct watch *watch, pid_t pid)
{
    return sampler_follow(watch->sampler, pid);
}

void watch_adopt(struct watch *watch, const char *mark)
{
    sampler_adopt(watch->sampler, mark);
}

void watch_gather(struct watch *watch, const char *folder)
{
    sampler_gather(watch->sampler, folder);
}

void watch_follow_groups(struct watch *watch, pid_t pid)
{
    sampler_follow_groups(watch->sampler, pid);
}

/* ---- its parts ---- */

bool watch_parts_local(const struct watch *watch)
{
    return watch->launched || watch->root_count > 0 || watch->group_count > 0;
}

/* A group's first process may end while others go on. */
static void follow_group(struct watch *watch, struct watched_group *group)
{
    size_t count;
    pid_t *pids = group_members_find(group->folder, &count);

    for (size_t i = 0; i < count; i++) {
        sampler_follow(watch->sampler, pids[i]);
    }
    if (count > 0 && (group->first == 0 || kill(group->first, 0) != 0)) {
        group->first = pids[0];
        if (watch->root_count == 0 && group == watch->groups) {
            sampler_follow_groups(watch->sampler, group->first);
        }
    }
    free(pids);
}

void watch_parts_follow_groups(struct watch *watch)
{
    watch->groups_looked_ns = clock_now_ns();
    for (size_t i = 0; i < watch->group_count; i++) {
        follow_group(watch, &watch->groups[i]);
    }
}

static void read_here(struct watch *watch, struct sample *ret_sample)
{
    if (watch->group_count > 0 && clock_now_ns() - watch->groups_looked_ns >= GROUPS_EVERY_NS) {
        watch_parts_follow_groups(watch);
    }
    sampler_read(watch->sampler, ret_sample);
    watch->processes = ret_sample->processes;
}

/* The moment of a reading from one other machine alone is its own, as long as moments go on one after the other. */
static void read_elsewhere(struct watch *watch, struct sample *sample)
{
    bool alone = watch->sampler == NULL && watch->remote_count == 1;

    for (size_t i = 0; i < watch->remote_count; i++) {
        struct sample more = {.absent = SAMPLE_ALL};
        bool fresh = remote_sampler_read(watch->remotes[i], &more);
        if (i == 0 && watch->sampler == NULL) {
            uint64_t now_ns = sample->at_ns;
            *sample = more;
            bool fits = alone && fresh && more.at_ns > watch->last_at_ns && more.at_ns <= now_ns;
            sample->at_ns = fits ? more.at_ns : now_ns;
        } else {
            sample_sum_add(sample, &more);
        }
    }
}

static bool all_come(const struct watch *watch)
{
    for (size_t i = 0; i < watch->page_count; i++) {
        if (!watch->pages[i].come) {
            return false;
        }
    }
    return true;
}

static void take_pages(struct watch *watch, struct sample *sample)
{
    bool fresh = false;

    for (size_t i = 0; i < watch->page_count; i++) {
        struct watched_page *each = &watch->pages[i];
        if (metrics_page_take(each->page, &each->metrics, &each->asked_ns)) {
            each->come = fresh = true;
        }
    }
    if (!fresh || !all_come(watch)) {
        return;
    }
    struct process_metrics sum = watch->pages[0].metrics;
    for (size_t i = 1; i < watch->page_count; i++) {
        sample_sum_add_metrics(&sum, &watch->pages[i].metrics);
    }
    sample_sum_fill(sample, &sum);
    watch->runtime = sum.runtime;
    watch->runtime_fresh = true;
}

/* A question is answered by the next reading, so that the distance of two answers is that of the questions. */
static void ask_pages(struct watch *watch)
{
    uint64_t now_ns = clock_now_ns();

    if (watch->page_count == 0 || now_ns < watch->next_question_ns) {
        return;
    }
    watch->next_question_ns = now_ns + QUESTION_EVERY_NS;
    for (size_t i = 0; i < watch->page_count; i++) {
        watch->pages[i].come = false;
        metrics_page_ask(watch->pages[i].page);
    }
}

/* ---- readings ---- */

void watch_sample(struct watch *watch, struct sample *ret_sample)
{
    struct sample sample = {.at_ns = clock_now_ns(), .absent = SAMPLE_ALL};

    if (watch->sampler != NULL) {
        read_here(watch, &sample);
    }
    read_elsewhere(watch, &sample);
    take_pages(watch, &sample);
    ask_pages(watch);
    watch->last_at_ns = sample.at_ns;
    if ((sample.absent & SAMPLE_MEMORY) == 0) {
        watch->rss_bytes = sample.rss_bytes;
        watch->peak_bytes = sample.rss_bytes > watch->peak_bytes ? sample.rss_bytes : watch->peak_bytes;
    }
    *ret_sample = sample;
}

bool watch_runtime(struct watch *watch, struct runtime_sample *ret_runtime)
{
    bool fresh = watch->runtime_fresh;

    if (fresh) {
        *ret_runtime = watch->runtime;
        watch->runtime_fresh = false;
    }
    return fresh;
}

void watch_memory(struct watch *watch, struct memory_reading *ret_memory)
{
    struct memory_reading memory = {.rss_bytes = watch->rss_bytes};

    if (watch_parts_local(watch) && watch->remote_count == 0) {
        sampler_memory(watch->sampler, &memory);
    }
    if (!watch->launched) { /* the kernel's peak is that of the whole life of a process */
        memory.peak_bytes = memory.rss_bytes > watch->peak_bytes ? memory.rss_bytes : watch->peak_bytes;
    }
    *ret_memory = memory;
}

uint64_t *watch_connections(const struct watch *watch, size_t *ret_count)
{
    if (!watch->launched || watch->processes < 2) {
        *ret_count = 0;
        return NULL;
    }
    return sampler_connections(watch->sampler, ret_count);
}

int watch_reset_peak(struct watch *watch)
{
    watch->peak_bytes = 0;
    return watch->launched ? sampler_reset_peak(watch->sampler) : 0;
}

bool watch_alive(const struct watch *watch)
{
    bool alive = watch->group_count == 0 || watch->processes > 0;

    for (size_t i = 0; alive && i < watch->root_count; i++) {
        alive = !outsider_ended(&watch->roots[i]);
    }
    for (size_t i = 0; alive && i < watch->remote_count; i++) {
        alive = remote_sampler_alive(watch->remotes[i]);
    }
    for (size_t i = 0; alive && i < watch->page_count; i++) {
        alive = metrics_page_alive(watch->pages[i].page);
    }
    return alive;
}

const char *watch_words(const struct watch *watch)
{
    return watch->words;
}

const char *watch_missing(const struct watch *watch)
{
    return watch->missing;
}

const struct core_set *watch_core_set(const struct watch *watch)
{
    return &watch->cores;
}

unsigned watch_core_count(const struct watch *watch)
{
    return watch->core_count;
}

void watch_free(struct watch *watch)
{
    if (watch == NULL) {
        return;
    }
    sampler_free(watch->sampler);
    for (size_t i = 0; i < watch->root_count; i++) {
        outsider_end(&watch->roots[i], 0); /* it is not ours: this only lets go of it */
    }
    for (size_t i = 0; i < watch->group_count; i++) {
        free(watch->groups[i].folder);
    }
    for (size_t i = 0; i < watch->remote_count; i++) {
        remote_sampler_free(watch->remotes[i]);
    }
    for (size_t i = 0; i < watch->page_count; i++) {
        metrics_page_free(watch->pages[i].page);
    }
    free(watch->roots);
    free(watch->groups);
    free((void *)watch->remotes);
    free(watch->pages);
    free(watch->words);
    free(watch->missing);
    free(watch);
}
