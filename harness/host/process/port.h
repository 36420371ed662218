/* port: a TCP port for a service that is to be started. */
#ifndef TWOFOLD_HOST_PROCESS_PORT_H
#define TWOFOLD_HOST_PROCESS_PORT_H

#include "base/error.h"

#include <stdint.h>

/* Finds a TCP port of 127.0.0.1 that is free now. It is not reserved: another process may take it before the service
 * does. */
int port_find_free(uint16_t *ret_port, struct error *err);

#endif
