using System.Net;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace PatchOperator.Tests.Simulation;

/// <summary>How an API server says no.</summary>
internal static class ApiAnswer
{
    public static HttpOperationException Refuse(HttpStatusCode code, string message)
    {
        var content = KubernetesJson.Serialize(new V1Status { Code = (int)code, Message = message, Status = "Failure" });
        using var response = new HttpResponseMessage(code);
        return new HttpOperationException(message) { Response = new HttpResponseMessageWrapper(response, content) };
    }
}
