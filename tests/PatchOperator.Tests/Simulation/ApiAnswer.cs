using System.Net;
using System.Text.Json;
using k8s.Autorest;

namespace PatchOperator.Tests.Simulation;

/// <summary>How an API server says no.</summary>
internal static class ApiAnswer
{
    public static HttpOperationException Refuse(HttpStatusCode code, string message)
    {
        var content = JsonSerializer.Serialize(new { kind = "Status", apiVersion = "v1", status = "Failure", code = (int)code, message });
        using var response = new HttpResponseMessage(code);
        return new HttpOperationException(message) { Response = new HttpResponseMessageWrapper(response, content) };
    }
}
