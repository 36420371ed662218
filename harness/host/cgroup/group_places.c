#include "host/cgroup/group_places.h"

#include "base/mem.h"
#include "host/system_file.h"

#include <stdlib.h>
#include <string.h>

void group_places_read(struct group_places *places, const char *root)
{
    places->root = root;
    places->mounts = system_file_text(root, "/proc/self/mountinfo");
    places->own = system_file_text(root, "/proc/self/cgroup");
}

void group_places_release(struct group_places *places)
{
    free(places->mounts);
    free(places->own);
    *places = (struct group_places){0};
}

char *group_places_own(const struct group_places *places, const char *controller, struct group_mount *ret_mount)
{
    char *folder = NULL;

    if (places->mounts == NULL || places->own == NULL || !group_text_mount(places->mounts, controller, ret_mount)) {
        return NULL;
    }
    char *group = group_text_group(places->own, controller, ret_mount->unified);
    size_t top = strlen(ret_mount->top);
    if (group != NULL && strncmp(group, ret_mount->top, top) == 0) {
        folder = mem_format("%s%s%s", places->root, ret_mount->folder, group + top);
    } else {
        group_mount_release(ret_mount);
    }
    free(group);
    return folder;
}

bool group_places_up(const struct group_places *places, const struct group_mount *mount, char *folder)
{
    size_t top = strlen(places->root) + strlen(mount->folder);

    if (strlen(folder) <= top) {
        return false;
    }
    *strrchr(folder, '/') = '\0';
    return true;
}

static bool hands_on(const char *folder, const char *controller)
{
    char *list = system_file_text(folder, "/cgroup.subtree_control");
    size_t length = strlen(controller);
    bool found = false;

    for (const char *at = list; at != NULL && *at != '\0' && !found; at += strspn(at, " \n")) {
        size_t part = strcspn(at, " \n");
        found = part == length && strncmp(at, controller, part) == 0;
        at += part;
    }
    free(list);
    return found;
}

char *group_places_handing_on(const struct group_places *places, bool cpu, bool memory)
{
    struct group_mount mount;
    char *folder = group_places_own(places, "", &mount);

    if (folder == NULL) {
        return NULL;
    }
    bool found = true;
    while (found && ((cpu && !hands_on(folder, "cpu")) || (memory && !hands_on(folder, "memory")))) {
        found = group_places_up(places, &mount, folder);
    }
    group_mount_release(&mount);
    if (found) {
        return folder;
    }
    free(folder);
    return NULL;
}
