/* group_places: where this process can make control groups: its own group in each hierarchy, and those around it. */
#ifndef TWOFOLD_HOST_CGROUP_GROUP_PLACES_H
#define TWOFOLD_HOST_CGROUP_GROUP_PLACES_H

#include "host/cgroup/group_text.h"

#include <stdbool.h>

struct group_places {
    const char *root;   /* put before all paths */
    char *mounts, *own; /* /proc/self/mountinfo, /proc/self/cgroup; NULL: could not be read */
};

/* `root` must outlive the places; "" but in tests. */
void group_places_read(struct group_places *places, const char *root);
void group_places_release(struct group_places *places);

/* The group of this process, as a folder, in the hierarchy of version 1 with `controller`, otherwise, or where that is
 * "", in the one of version 2. NULL: there is none. The caller releases the mount and the folder. */
char *group_places_own(const struct group_places *places, const char *controller, struct group_mount *ret_mount);

/* Makes the folder that of the group around it. Returns false, and leaves it, at the top of the hierarchy. */
bool group_places_up(const struct group_places *places, const struct group_mount *mount, char *folder);

/* The nearest group of version 2, this process's own or one around it, in which new groups have the controllers, as its
 * cgroup.subtree_control says. NULL: there is none. */
char *group_places_handing_on(const struct group_places *places, bool cpu, bool memory);

#endif
