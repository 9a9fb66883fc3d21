// What podman's configuration files say.

/** `node:24-slim` is Docker Hub's, as it is for Docker. */
export const REGISTRIES = 'unqualified-search-registries = ["docker.io"]\nshort-name-mode = "disabled"\n';

/** Where podman keeps images: the clone's own in `store`, above those of `base`, which it only reads. */
export function storageSettings({ store, run, base }) {
  return `[storage]
driver = "overlay"
graphroot = "${store}"
runroot = "${run}/storage"
[storage.options]
additionalimagestores = ["${base}"]
[storage.options.overlay]
# Else the store stays mounted onto itself, and the clone cannot be deleted.
skip_mount_home = "true"
`;
}

/** No network of its own, no systemd, no limits above those of a plain process, and locks that are not the user's podman's. */
export function engineSettings(run) {
  return `[containers]
default_ulimits = ["nofile=16384:16384", "nproc=16384:16384"]
netns = "host"
log_driver = "k8s-file"
[network]
network_backend = "netavark"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "none"
lock_type = "file"
tmp_dir = "${run}/libpod"
`;
}
