# shellcheck shell=bash
# Certificates: one authority per cluster, elliptic keys because they are made in milliseconds, and a kubeconfig per client.

ensure_certificates() {
    mkdir -p "$state_dir/pki"
    cd "$state_dir/pki"
    [[ -f ca.crt ]] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 \
        -subj "/CN=patch-operator $cluster" -keyout ca.key -out ca.crt
    [[ -f service-accounts.key ]] || openssl ecparam -name prime256v1 -genkey -noout -out service-accounts.key

    certificate api-server /CN=kube-apiserver \
        "IP:127.0.0.1,IP:$address,IP:$service_address,DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:crd-server.kube-system.svc"
    # The API server as a client of the kubelets, which ask it whether it may.
    certificate api-server-to-kubelet /O=system:masters/CN=kube-apiserver-kubelet-client
    # Of pretended kubelets, all on this machine.
    [[ $cluster_kind != bare-controllers ]] || certificate kubelet /CN=kubelet IP:127.0.0.1
    # The API server as it passes requests on to a server behind it.
    certificate front-proxy /CN=front-proxy
    certificate admin /O=system:masters/CN=admin
    certificate controller-manager /CN=system:kube-controller-manager
    certificate scheduler /CN=system:kube-scheduler
    for client in admin controller-manager scheduler; do
        kubeconfig "$client" "$state_dir/$client.kubeconfig"
    done
}

# certificate NAME SUBJECT [ALTERNATIVE-NAMES] writes NAME.key and NAME.crt, unless they are there.
certificate() {
    [[ -f $1.crt ]] && return
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "$2" -keyout "$1.key" -out "$1.csr"
    openssl x509 -req -in "$1.csr" -CA ca.crt -CAkey ca.key -CAcreateserial -days 3650 -out "$1.crt.new" \
        -extfile <(printf 'keyUsage = digitalSignature\nextendedKeyUsage = serverAuth, clientAuth\n%s\n' "${3:+subjectAltName = $3}")
    mv "$1.crt.new" "$1.crt"
    rm "$1.csr"
}

# kubeconfig NAME FILE writes the kubeconfig of the client certificate NAME, complete in itself so that it can be copied anywhere.
kubeconfig() {
    install -m 600 /dev/stdin "$2" <<KUBECONFIG
apiVersion: v1
kind: Config
clusters:
- name: $cluster
  cluster:
    server: https://$address:$api_port
    certificate-authority-data: $(base64 -w0 ca.crt)
users:
- name: $1
  user:
    client-certificate-data: $(base64 -w0 "$1.crt")
    client-key-data: $(base64 -w0 "$1.key")
contexts:
- name: $cluster
  context: {cluster: $cluster, user: $1}
current-context: $cluster
KUBECONFIG
}
