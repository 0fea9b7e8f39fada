using Microsoft.AspNetCore.Http;

namespace PatchOperator.Registry.Tests.Registries;

/// <summary>A <see cref="ScriptedServer"/> that speaks as a registry does.</summary>
internal static class ScriptedRegistry
{
    public static RegistryClient Client(this ScriptedServer server, string credentials = """{"auths":{}}""", HttpClient? http = null) =>
        new(http ?? TestClients.Http, $"{server.Address}/golden/worker", DockerCredentials.Parse(credentials), insecure: true);

    /// <summary>An error as the distribution specification has it.</summary>
    public static RequestDelegate Error(int code, string error, string message) =>
        ScriptedServer.Status(code, $$"""{"errors":[{"code":"{{error}}","message":"{{message}}"}]}""");
}
