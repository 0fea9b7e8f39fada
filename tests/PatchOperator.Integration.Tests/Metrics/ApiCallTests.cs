using PatchOperator.Metrics;

namespace PatchOperator.Integration.Tests.Metrics;

public class ApiCallTests
{
    [Theory]
    [InlineData("GET", "/api/v1/nodes?limit=500", "list", "nodes")]
    [InlineData("GET", "/api/v1/nodes?allowWatchBookmarks=true&watch=true", "watch", "nodes")]
    [InlineData("GET", "/api/v1/nodes/node-1", "get", "nodes")]
    [InlineData("PATCH", "/api/v1/nodes/node-1", "patch", "nodes")]
    [InlineData("POST", "/api/v1/namespaces/default/pods/web-0/eviction", "create", "pods/eviction")]
    [InlineData("GET", "/api/v1/namespaces/default/pods/web-0/log?container=agent", "get", "pods/log")]
    [InlineData("POST", "/apis/batch/v1/namespaces/patching/jobs", "create", "jobs")]
    [InlineData("DELETE", "/apis/batch/v1/namespaces/patching/jobs", "deletecollection", "jobs")]
    [InlineData("DELETE", "/apis/batch/v1/namespaces/patching/jobs/scan", "delete", "jobs")]
    [InlineData("PUT", "/apis/patchoperator.io/v1alpha1/nodepatches/node-1/status", "update", "nodepatches/status")]
    [InlineData("GET", "/k8s/clusters/c-1/apis/patchoperator.io/v1alpha1/patchpolicies", "list", "patchpolicies")]
    [InlineData("GET", "/api/v1/namespaces/default", "get", "namespaces")]
    [InlineData("GET", "/apis/policy/", "get", "discovery")]
    [InlineData("GET", "/version", "get", "discovery")]
    public void A_request_is_named_as_in_RBAC(string method, string path, string verb, string resource)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "https://kubernetes.example.com:6443" + path);

        Assert.Equal(new ApiCall(verb, resource), ApiCall.Of(request));
    }
}
