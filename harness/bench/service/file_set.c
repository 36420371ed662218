#include "bench/service/file_set.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdlib.h>

/* Some file systems count inodes in the high bits, so all bits must reach the low ones. */
static size_t hash(dev_t device, ino_t inode)
{
    uint64_t h = (uint64_t)inode ^ (uint64_t)device << 32;

    h = (h ^ h >> 32) * UINT64_C(0x9e3779b97f4a7c15);
    h = (h ^ h >> 29) * UINT64_C(0x9e3779b97f4a7c15);
    return (size_t)(h ^ h >> 32);
}

static struct file_identity *slot_of(const struct file_set *set, dev_t device, ino_t inode)
{
    size_t index = hash(device, inode);

    for (;; index++) {
        struct file_identity *slot = &set->slots[index & (set->slot_count - 1)];
        if (!slot->used || (slot->device == device && slot->inode == inode)) {
            return slot;
        }
    }
}

static void grow(struct file_set *set)
{
    struct file_set larger = {.slot_count = set->slot_count == 0 ? 64 : set->slot_count * 2, .count = set->count};

    larger.slots = mem_new(larger.slot_count, sizeof *larger.slots);
    for (size_t i = 0; i < set->slot_count; i++) {
        if (set->slots[i].used) {
            *slot_of(&larger, set->slots[i].device, set->slots[i].inode) = set->slots[i];
        }
    }
    free(set->slots);
    *set = larger;
}

bool file_set_add(struct file_set *set, const struct stat *info)
{
    if (set->count * 2 >= set->slot_count) {
        grow(set);
    }
    struct file_identity *slot = slot_of(set, info->st_dev, info->st_ino);
    if (slot->used) {
        return false;
    }
    *slot = (struct file_identity){.device = info->st_dev, .inode = info->st_ino, .used = true};
    set->count++;
    return true;
}

void file_set_release(struct file_set *set)
{
    free(set->slots);
    *set = (struct file_set){0};
}
