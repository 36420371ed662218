#include "host/watch/watch.h"

#include "base/list.h"
#include "base/mem.h"
#include "host/process/port_owner.h"
#include "host/watch/container.h"
#include "host/watch/group_members.h"
#include "host/watch/watch_parts.h"
#include "host/watch/watch_spec.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What has been found while the texts are gone through. */
struct opening {
    const struct watch_options *options;
    struct watch *watch;
};

/* ---- processes ---- */

static void join_cores(struct opening *opening, pid_t pid)
{
    struct core_set cores = {{0}};

    if (sched_getaffinity(pid, sizeof cores.words, (cpu_set_t *)(void *)cores.words) == 0) {
        core_set_join(&opening->watch->cores, &cores);
    }
}

static int add_root(struct opening *opening, pid_t pid, struct error *err)
{
    struct outsider root;

    for (size_t i = 0; i < opening->watch->root_count; i++) {
        if (opening->watch->roots[i].pid == pid) {
            return 0;
        }
    }
    if (outsider_hold(&root, pid, false) != 0) {
        return error_input(err, "there is no process %d", (int)pid);
    }
    if (outsider_ended(&root)) {
        outsider_end(&root, 0);
        return error_input(err, "process %d has ended", (int)pid);
    }
    *list_add(opening->watch->roots, opening->watch->root_count) = root;
    join_cores(opening, pid);
    return 0;
}

static int open_auto(struct opening *opening, struct error *err)
{
    struct port_owner owner;

    if (!opening->options->local) {
        return error_input(err, "the service runs on another machine; there are ssh:HOST and metrics:URL");
    }
    port_owner_find(opening->options->port, 0, &owner);
    if (owner.place == PORT_OWNER_UNKNOWN) {
        return error_failed(err, "%s", owner.why);
    }
    return add_root(opening, owner.pid, err);
}

static int open_group(struct opening *opening, const char *path, struct error *err)
{
    char *folder;
    size_t count;

    if (group_members_folder("", path, &folder, err) != 0) {
        return -1;
    }
    pid_t *pids = group_members_find(folder, &count);
    for (size_t i = 0; i < count; i++) {
        join_cores(opening, pids[i]);
    }
    free(pids);
    if (count == 0) {
        free(folder);
        return error_failed(err, "no process is in the control group %s", path);
    }
    *list_add(opening->watch->groups, opening->watch->group_count) = (struct watched_group){.folder = folder};
    return 0;
}

static int open_container(struct opening *opening, const char *name, struct error *err)
{
    pid_t pid;

    if (container_find(name, &pid, err) != 0) {
        return -1;
    }
    return add_root(opening, pid, err);
}

/* ---- pages and other machines ---- */

static int open_page(struct opening *opening, const char *url, struct error *err)
{
    struct metrics_page *page;

    if (metrics_page_open(&page, url, err) != 0) {
        return -1;
    }
    *list_add(opening->watch->pages, opening->watch->page_count) = (struct watched_page){.page = page};
    return 0;
}

static int open_remote(struct opening *opening, const char *host, struct error *err)
{
    struct remote_sampler *remote;

    if (remote_sampler_open(&remote, host, opening->options->port, err) != 0) {
        return -1;
    }
    *list_add(opening->watch->remotes, opening->watch->remote_count) = remote;
    return 0;
}

static int open_kind(struct opening *opening, const struct watch_spec *spec, struct error *err)
{
    switch (spec->kind) {
    case WATCH_AUTO:
        return open_auto(opening, err);
    case WATCH_PID:
        return add_root(opening, spec->pid, err);
    case WATCH_CGROUP:
        return open_group(opening, spec->argument, err);
    case WATCH_CONTAINER:
        return open_container(opening, spec->argument, err);
    case WATCH_METRICS:
        return open_page(opening, spec->argument, err);
    case WATCH_SSH:
        return open_remote(opening, spec->argument, err);
    case WATCH_NONE:
        break;
    }
    return 0;
}

/* A URL in the text may hold a password; the page's own message has the URL without it. */
static const char *shown(const struct watch_spec *spec, const char *text)
{
    return spec->kind == WATCH_METRICS ? "metrics" : text;
}

static int open_text(struct opening *opening, const char *text, struct error *err)
{
    struct watch_spec spec;

    if (watch_spec_read(&spec, text, err) != 0) {
        return -1;
    }
    int result = open_kind(opening, &spec, err);
    if (result != 0) {
        error_context(err, "watch %s", shown(&spec, text));
    }
    if (result == 0 && spec.kind == WATCH_NONE && opening->options->count > 1) {
        result = error_input(err, "watch none: another watch is given beside it");
    }
    watch_spec_release(&spec);
    return result;
}

static int open_texts(struct opening *opening, struct error *err)
{
    const struct watch_options *options = opening->options;
    struct error why = {0};

    for (size_t i = 0; i < options->count; i++) {
        if (open_text(opening, options->texts[i], err) != 0) {
            return -1;
        }
    }
    if (options->count == 0 && !options->local) {
        opening->watch->missing = mem_string("it runs on another machine; --watch says how to read it there");
    } else if (options->count == 0 && open_auto(opening, &why) != 0) {
        opening->watch->missing = mem_string(why.message);
    } else if (options->count == 1 && strcmp(options->texts[0], "none") == 0) {
        opening->watch->missing = mem_string("--watch none");
    }
    return 0;
}

/* ---- what is read then ---- */

/* A service of this machine of which no process is known may run on all cores. */
static void complete_cores(struct watch *watch)
{
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    bool empty = core_set_count(&watch->cores) == 0;

    for (long i = 0; empty && i < count; i++) {
        core_set_add(&watch->cores, (unsigned)i);
    }
}

static void begin_here(struct opening *opening)
{
    struct watch *watch = opening->watch;
    const struct watch_options *options = opening->options;

    complete_cores(watch);
    pid_t first = watch->root_count > 0 ? watch->roots[0].pid : SAMPLER_NOBODY;
    watch->sampler = sampler_new(first, options->local ? options->port : 0, &watch->cores);
    for (size_t i = 1; i < watch->root_count; i++) {
        sampler_follow(watch->sampler, watch->roots[i].pid);
    }
    watch_parts_follow_groups(watch);
    watch->core_count = core_set_count(&watch->cores);
}

/* A machine's counters are those of the machine that the service runs on. */
static void begin(struct opening *opening)
{
    struct watch *watch = opening->watch;
    bool known = true;

    if (watch_parts_local(watch) || (opening->options->local && watch->remote_count == 0)) {
        begin_here(opening);
    }
    for (size_t i = 0; i < watch->remote_count; i++) {
        known = known && remote_sampler_cores(watch->remotes[i]) > 0;
        watch->core_count += remote_sampler_cores(watch->remotes[i]);
    }
    watch->core_count = known ? watch->core_count : 0;
}

int watch_open(struct watch **ret_watch, const struct watch_options *options, struct error *err)
{
    struct opening opening = {.options = options, .watch = mem_new(1, sizeof *opening.watch)};

    if (open_texts(&opening, err) != 0) {
        watch_free(opening.watch);
        return -1;
    }
    begin(&opening);
    watch_parts_find_words(opening.watch);
    *ret_watch = opening.watch;
    return 0;
}
