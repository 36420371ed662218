#include "host/machine/link_counters.h"

#include "base/file.h"
#include "base/list.h"
#include "base/mem.h"
#include "host/system_file.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FOLDER            "/sys/class/net"
#define BYTES_PER_MEGABIT 125000

static bool exists(const char *root, const char *name, const char *file)
{
    char *path = mem_format("%s" FOLDER "/%s/%s", root, name, file);
    bool there = access(path, F_OK) == 0;

    free(path);
    return there;
}

/* Megabits a second; 0: not known, as where no cable is. */
static uint64_t speed_of(const char *root, const char *name)
{
    char *path = mem_format(FOLDER "/%s/speed", name);
    uint64_t megabits = 0;

    system_file_number(root, path, &megabits);
    free(path);
    return megabits <= UINT32_MAX / 2 ? megabits : 0; /* "-1", however it is read */
}

void link_counters_find(struct link_counters *ret_links, const char *root)
{
    struct link_counters links = {0};
    char *folder = mem_format("%s" FOLDER, root), **names = NULL;
    uint64_t megabits = 0;
    size_t count = 0;
    bool all_known = true;

    int result = file_list(folder, &names, NULL);
    for (size_t i = 0; result == 0 && names[i] != NULL; i++) {
        if (!exists(root, names[i], "device")) {
            continue;
        }
        uint64_t own = speed_of(root, names[i]);
        all_known = all_known && own > 0;
        megabits += own;
        *list_add(links.hardware, count) = mem_string(names[i]);
    }
    if (count > 0) {
        *list_add(links.hardware, count) = NULL;
        links.bytes_per_s = all_known ? megabits * BYTES_PER_MEGABIT : 0;
    }
    if (result == 0) {
        file_list_free(names);
    }
    free(folder);
    *ret_links = links;
}

void link_counters_release(struct link_counters *links)
{
    if (links->hardware != NULL) {
        file_list_free(links->hardware);
    }
    *links = (struct link_counters){0};
}

static bool counts(const struct link_counters *links, const char *name)
{
    for (size_t i = 0; links->hardware != NULL && links->hardware[i] != NULL; i++) {
        if (strcmp(links->hardware[i], name) == 0) {
            return true;
        }
    }
    return links->hardware == NULL && strcmp(name, "lo") != 0;
}

/* "  eth0: 1296 9 0 0 0 0 0 0 720 8 …": bytes, and seven other numbers, received; the same sent. */
static void add_line(const struct link_counters *links, const char *line, struct sample *sample)
{
    uint64_t received, sent;
    char name[32];

    if (sscanf(line, " %31[^: \n]: %" SCNu64 " %*u %*u %*u %*u %*u %*u %*u %" SCNu64, name, &received, &sent) == 3 &&
        counts(links, name)) {
        sample->link_received_bytes += received;
        sample->link_sent_bytes += sent;
    }
}

void link_counters_read(const struct link_counters *links, const char *dev, struct sample *sample)
{
    sample->link_received_bytes = sample->link_sent_bytes = 0;
    for (const char *line = dev; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n';
        add_line(links, line, sample);
    }
    sample->link_bytes_per_s = links->bytes_per_s;
}
