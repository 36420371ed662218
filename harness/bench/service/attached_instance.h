/* attached_instance: an instance (bench/service/instance.h) of a service that runs already. Nothing is started, stopped
 * or moved to other cores; its process is read where it is found. */
#ifndef TWOFOLD_BENCH_SERVICE_ATTACHED_INSTANCE_H
#define TWOFOLD_BENCH_SERVICE_ATTACHED_INSTANCE_H

#include "base/error.h"
#include "bench/service/instance.h"

/* Waits until the service accepts a connection, 5 s at most, and begins to watch it. `not_watched` of the instance says
 * why none of its processes is read, and what would help. Fails where no connection is to be had, where what is to be
 * watched is not there, and when stopped. */
int attached_instance_open(struct instance *instance, const struct instance_options *options, struct error *err);

/* Fills `ret_death` where something that is watched has gone, or, where nothing is, three connections in a row were
 * refused. How it ended only the one that started it knows. */
void attached_instance_death(struct instance *instance, struct death *ret_death);

#endif
