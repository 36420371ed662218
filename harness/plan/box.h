/* box: the cores, the CPU time and the memory that a launched service may use. "cpus=0.5" and "memory=256MiB" are the
 * limits of a pod, which the kernel holds it to; "cores=2" are whole cores that it is pinned to and told of, as a
 * machine has them. In text with commas between them. Several boxes that differ in one of these are written with
 * several values behind that key: "cpus=0.25,0.5,1,memory=256MiB" are three boxes. */
#ifndef TWOFOLD_PLAN_BOX_H
#define TWOFOLD_PLAN_BOX_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `= {0}` limits nothing. */
struct box {
    unsigned cores;        /* whole ones; 0: all that services have */
    double cpus;           /* CPU time, in cores; 0: not limited */
    uint64_t memory_bytes; /* 0: not limited */
};

struct box_list {
    struct box *boxes; /* the smallest first */
    size_t count;
};

/* Reads one box. ERROR_INPUT says what was expected: a key twice, an unknown key, several values, or a value that no
 * box has. cpus are at least 0.01, the least that the kernel grants. */
int box_read_text(struct box *ret_box, const char *text, struct error *err);

/* Reads one box or several, each larger than the one before it. Release the list with box_list_release. */
int box_list_read_text(struct box_list *ret_list, const char *text, struct error *err);
void box_list_release(struct box_list *list);

/* "cpus=0.5,memory=256MiB", which box_read_text reads as the same box, on the heap; "" where nothing is limited. */
char *box_text(const struct box *box);

/* The same of a list; "" for none. */
char *box_list_text(const struct box_list *list);

bool box_is_any(const struct box *box); /* it says anything at all */
bool box_limits(const struct box *box); /* something that only a control group can hold a service to */

/* How many cores a program in the box is told to use: its cores, or its cpus, rounded up, and no more than there are.
 * This is what the run times of Go and Java make of the limit of a pod. */
unsigned box_cores(const struct box *box, unsigned available);

/* What tells the boxes of a list apart, behind the name of a service: "go" in a box of 0.25 cpus is "go@0.25cpu", on
 * two cores "go@2core", and where memory differs "go@128MiB". On the heap. */
char *box_name(const char *service, const struct box *box, const struct box_list *among);

#endif
