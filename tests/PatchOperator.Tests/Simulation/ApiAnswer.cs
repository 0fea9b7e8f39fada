using System.Net;
using System.Text.Json;
using k8s.Autorest;

namespace PatchOperator.Tests.Simulation;

/// <summary>How an API server says no.</summary>
internal static class ApiAnswer
{
    public static HttpOperationException Refuse(HttpStatusCode code, string message, string? cause = null)
    {
        var details = cause is null ? null : new { causes = new[] { new { reason = "DisruptionBudget", message = cause } } };
        var content = JsonSerializer.Serialize(new { kind = "Status", apiVersion = "v1", status = "Failure", code = (int)code, message, details });
        using var response = new HttpResponseMessage(code);
        return new HttpOperationException(message) { Response = new HttpResponseMessageWrapper(response, content) };
    }
}
