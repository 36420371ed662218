/* watch: how the processes of a service are read, whoever started it: its process tree and its control group on this
 * machine, its page of metrics, a sampler on another machine, or several of these together. Readings are samples
 * (record/sample.h), which say what could not be read.
 *
 * What several watches read adds up: each process counts once, and services on several machines are summed. A page of
 * metrics fills in what nothing else reads. Of control groups only that of the first process counts. */
#ifndef TWOFOLD_HOST_WATCH_WATCH_H
#define TWOFOLD_HOST_WATCH_WATCH_H

#include "base/core_set.h"
#include "base/error.h"
#include "record/reading/runtime.h"
#include "record/sample.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

struct watch;

/* What is to be watched of a service that runs already. The strings are borrowed until watch_open returns. */
struct watch_options {
    const char *const *texts; /* as watch_spec reads them; none: "auto" where the service is on this machine */
    size_t count;
    uint16_t port; /* that the service listens on */
    bool local;    /* on this machine */
};

/* Finds what the texts name and begins to watch it. Fails where a text is none (ERROR_INPUT), or where what it names is
 * not there or cannot be read; the message names the text. Where no text was given nothing of it is an error:
 * watch_missing then says why nothing is read. Waits for pages and other machines, some seconds at most. The calling
 * thread must outlive it. The caller frees it. */
int watch_open(struct watch **ret_watch, const struct watch_options *options, struct error *err);

/* Watches a service that this process started: `pid` (SAMPLER_NOBODY of host/sampler.h: nobody), which will listen on
 * `port` and runs on `cores`. The caller frees it. */
struct watch *watch_launched(pid_t pid, uint16_t port, const struct core_set *cores);

/* As sampler_follow, sampler_adopt, sampler_gather and sampler_follow_groups do (host/sampler.h). For a launched
 * service. */
int watch_follow(struct watch *watch, pid_t pid);
void watch_adopt(struct watch *watch, const char *mark);
void watch_gather(struct watch *watch, const char *folder);
void watch_follow_groups(struct watch *watch, pid_t pid);

/* Takes one reading. Only one thread at a time may use a watch; meant for ten readings a second. */
void watch_sample(struct watch *watch, struct sample *ret_sample);

/* What the runtime of the service says of itself, about once a second. Returns whether something has come since the
 * last call. */
bool watch_runtime(struct watch *watch, struct runtime_sample *ret_runtime);

/* The expensive reading of memory, for between steps, as sampler_memory takes it. All 0 where memory is not read. */
void watch_memory(struct watch *watch, struct memory_reading *ret_memory);

/* How a launched service's connections are spread over its processes, as sampler_connections finds it. Where one
 * process alone serves, nothing is looked for: NULL. */
uint64_t *watch_connections(const struct watch *watch, size_t *ret_count);

/* Restarts the peak from what is resident now. Returns -1 where the system does not allow that. Of a service that
 * somebody else started the peak is the highest reading. */
int watch_reset_peak(struct watch *watch);

/* False once something that is watched is gone, or is another process than at first. Cheap. */
bool watch_alive(const struct watch *watch);

/* What is watched: "process 4711 (nginx) and its 2 children, cgroup /web; metrics of http://…". NULL: nothing.
 * Borrowed. */
const char *watch_words(const struct watch *watch);

/* Why no process is read: "no process of this machine listens on port 8080". NULL: some are. Borrowed. */
const char *watch_missing(const struct watch *watch);

/* On which cores of this machine the service may run, and on how many anywhere. Empty and 0: not known. */
const struct core_set *watch_core_set(const struct watch *watch);
unsigned watch_core_count(const struct watch *watch);

/* NULL is allowed. */
void watch_free(struct watch *watch);

#endif
