#include "record/machine.h"

#include <stdlib.h>

void machine_release(struct machine *machine)
{
    free(machine->cpu);
    free(machine->architecture);
    free(machine->kernel);
    free(machine->system);
    free(machine->virtualization);
    free(machine->governor);
    free(machine->clocksource);
    free(machine->congestion_control);
    *machine = (struct machine){0};
}
