#include "base/mem.h"
#include "base/text.h"
#include "host/cgroup/group_text.h"
#include "host/system_file.h"
#include "host/watch/watch.h"
#include "host/watch/watch_parts.h"

#include <stdlib.h>
#include <string.h>

/* The group of the process, where this process is not in the same: that of version 2, or of one of the controllers that
 * are read. */
static char *group_of(pid_t pid)
{
    static const char *const controllers[] = {"", "cpu", "memory"};
    char *path = mem_format("/proc/%d/cgroup", (int)pid);
    char *text = system_file_text("", path), *here = system_file_text("", "/proc/self/cgroup"), *found = NULL;

    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0] && text != NULL && here != NULL; i++) {
        char *group = group_text_group(text, controllers[i], i == 0),
             *own = group_text_group(here, controllers[i], i == 0);
        if (found == NULL && group != NULL && group[0] != '\0' && (own == NULL || strcmp(group, own) != 0)) {
            found = group;
            group = NULL;
        }
        free(group);
        free(own);
    }
    free(path);
    free(text);
    free(here);
    return found;
}

static void separate(struct text *words)
{
    text_add(words, words->length > 0 ? "; " : "");
}

static void add_roots(struct text *words, const struct watch *watch)
{
    for (size_t i = 0; i < watch->root_count; i++) {
        char *path = mem_format("/proc/%d/comm", (int)watch->roots[i].pid);
        char *name = system_file_line("", path);
        text_add(words, i > 0 ? " and " : "");
        text_format(words, "process %d (%s)", (int)watch->roots[i].pid, name != NULL ? name : "?");
        free(name);
        free(path);
    }
}

static void add_children(struct text *words, const struct watch *watch)
{
    unsigned long long children = watch->processes > watch->root_count ? watch->processes - watch->root_count : 0;
    const char *whose = watch->root_count == 1 ? "its" : "their";

    if (children == 1) {
        text_format(words, " and %s child", whose);
    } else if (children > 1) {
        text_format(words, " and %s %llu children", whose, children);
    }
}

static void add_processes(struct text *words, const struct watch *watch)
{
    char *group = watch->root_count > 0 ? group_of(watch->roots[0].pid) : NULL;

    if (watch->root_count > 0) {
        add_roots(words, watch);
        if (watch->group_count == 0) {
            add_children(words, watch);
        }
    }
    if (group != NULL) {
        text_format(words, ", cgroup %s", group);
    }
    for (size_t i = 0; i < watch->group_count; i++) {
        separate(words);
        text_format(words, "the processes of cgroup %s", watch->groups[i].folder);
    }
    free(group);
}

static void add_elsewhere(struct text *words, const struct watch *watch)
{
    for (size_t i = 0; i < watch->remote_count; i++) {
        const struct clock_offset *clock = remote_sampler_clock(watch->remotes[i]);
        separate(words);
        text_format(words, "by ssh: %s, whose clock is known to %.1f ms", remote_sampler_words(watch->remotes[i]),
                    (double)clock->error_ns / 1e6);
    }
    for (size_t i = 0; i < watch->page_count; i++) {
        separate(words);
        text_format(words, "metrics of %s", metrics_page_url(watch->pages[i].page));
    }
}

void watch_parts_find_words(struct watch *watch)
{
    struct text words = {0};
    struct sample sample;

    watch_sample(watch, &sample);
    add_processes(&words, watch);
    add_elsewhere(&words, watch);
    if (words.length > 0) {
        watch->words = text_take(&words);
    }
    text_release(&words);
}
