/* pinned_tools: the toolchains that setup/toolchains.sh has put into the checkout, each of a version and a hash that
 * the checkout names. */
#ifndef TWOFOLD_CLI_PINNED_TOOLS_H
#define TWOFOLD_CLI_PINNED_TOOLS_H

/* From now on the programs of .toolchains/bin in the present folder, if there is one, come before all others on PATH,
 * for this process and for those that it starts. */
void pinned_tools_use(void);

#endif
