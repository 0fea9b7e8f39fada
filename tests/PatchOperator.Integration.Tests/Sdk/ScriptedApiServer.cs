using System.Globalization;
using k8s;
using Microsoft.AspNetCore.Http;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>A <see cref="ScriptedServer"/> that speaks as an API server does.</summary>
internal static class ScriptedApiServer
{
    extension(ScriptedServer server)
    {
        public KubernetesClientConfiguration Configuration => new() { Host = server.Url };

        /// <summary>An error with a Status object, and a Retry-After header if given.</summary>
        public static RequestDelegate Error(int code, string reason, int? retryAfter = null)
        {
            List<(string, string)> headers = [("Content-Type", "application/json")];
            if (retryAfter is { } seconds)
                headers.Add(("Retry-After", seconds.ToString(CultureInfo.InvariantCulture)));
            return ScriptedServer.Status(code, StatusJson(code, reason), [.. headers]);
        }

        public static string StatusJson(int code, string reason) =>
            $$"""{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"{{reason}}","message":"{{reason}} it is","code":{{code}}}""";
    }
}
