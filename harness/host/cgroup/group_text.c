#include "host/cgroup/group_text.h"

#include "base/mem.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* A memory limit above this is none. */
#define MEMORY_LIMIT_MOST ((uint64_t)1 << 60)

/* ---- where they are mounted ---- */

struct mount_word {
    const char *start;
    size_t length;
};

/* The next word of a line, and *at behind it; of length 0 at the end of the line. */
static struct mount_word next_word(const char **at)
{
    const char *start = *at + strspn(*at, " ");
    struct mount_word word = {start, strcspn(start, " \n")};

    *at = start + word.length;
    return word;
}

static bool is(struct mount_word word, const char *expected)
{
    return word.length == strlen(expected) && strncmp(word.start, expected, word.length) == 0;
}

/* Whether the list "rw,cpu,cpuacct" has `word` in it. */
static bool lists(struct mount_word list, const char *word)
{
    for (size_t at = 0; at < list.length;) {
        struct mount_word part = {list.start + at, strcspn(list.start + at, ",: \n")};
        if (is(part, word)) {
            return true;
        }
        at += part.length + 1;
    }
    return false;
}

/* "31 23 0:28 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct": `top` and `folder` are the
 * fourth and fifth word; the type follows a lone dash, after as many words as there happen to be. */
static bool read_mount(const char *line, const char *controller, bool unified, struct group_mount *ret_mount)
{
    struct mount_word word, top = {0}, folder = {0};
    unsigned number = 1;

    for (word = next_word(&line); word.length > 0 && !is(word, "-"); word = next_word(&line), number++) {
        top = number == 4 ? word : top;
        folder = number == 5 ? word : folder;
    }
    struct mount_word type = next_word(&line);
    next_word(&line);
    struct mount_word options = next_word(&line);
    bool wanted = unified ? is(type, "cgroup2") : is(type, "cgroup") && lists(options, controller);
    if (!wanted || folder.length == 0) {
        return false;
    }
    *ret_mount = (struct group_mount){
        .folder = mem_copy(folder.start, folder.length),
        .top = mem_copy(top.start, is(top, "/") ? 0 : top.length),
        .unified = unified,
    };
    return true;
}

static const char *next_line(const char *line)
{
    line += strcspn(line, "\n");
    return *line == '\n' ? line + 1 : line;
}

bool group_text_mount(const char *mountinfo, const char *controller, struct group_mount *ret_mount)
{
    for (int unified = 0; unified <= 1; unified++) {
        for (const char *line = mountinfo; *line != '\0'; line = next_line(line)) {
            if (read_mount(line, controller, unified, ret_mount)) {
                return true;
            }
        }
    }
    return false;
}

void group_mount_release(struct group_mount *mount)
{
    free(mount->folder);
    free(mount->top);
    *mount = (struct group_mount){0};
}

/* ---- who is in them ---- */

/* "0::/group" (version 2) or "4:cpu,cpuacct:/group" (version 1). */
char *group_text_group(const char *text, const char *controller, bool unified)
{
    for (const char *line = text; *line != '\0'; line = next_line(line)) {
        const char *end = line + strcspn(line, "\n");
        const char *list = memchr(line, ':', (size_t)(end - line));
        const char *group = list != NULL ? memchr(list + 1, ':', (size_t)(end - list - 1)) : NULL;
        if (group == NULL || group[1] != '/') {
            continue;
        }
        struct mount_word controllers = {list + 1, (size_t)(group - list - 1)};
        if (unified ? controllers.length > 0 : !lists(controllers, controller)) {
            continue;
        }
        size_t length = (size_t)(end - group - 1);
        char *name = mem_copy(group + 1, length == 1 ? 0 : length);
        if (strstr(name, "/..") != NULL) {
            free(name);
            return NULL;
        }
        return name;
    }
    return NULL;
}

size_t group_text_shared(const char *service, const char *harness)
{
    size_t shared = 0, at = 0;

    for (;; at++) {
        bool service_ends = service[at] == '/' || service[at] == '\0';
        bool harness_ends = harness[at] == '/' || harness[at] == '\0';
        if (service_ends && harness_ends) {
            shared = at;
        }
        if (service[at] != harness[at] || service[at] == '\0') {
            return shared;
        }
    }
}

/* ---- what they allow ---- */

double group_text_quota(const char *text)
{
    char *end;

    if (!isdigit((unsigned char)*text)) {
        return 0;
    }
    double time = (double)strtoull(text, &end, 10);
    double period = (double)strtoull(end, NULL, 10);
    return period > 0 ? time / period : 0;
}

uint64_t group_text_memory_limit(const char *text)
{
    if (!isdigit((unsigned char)*text)) {
        return 0;
    }
    uint64_t limit = strtoull(text, NULL, 10);
    return limit < MEMORY_LIMIT_MOST ? limit : 0;
}
