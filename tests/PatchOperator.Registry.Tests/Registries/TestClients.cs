namespace PatchOperator.Registry.Tests.Registries;

/// <summary>Clients of the registry that tests talk to.</summary>
internal static class TestClients
{
    public static HttpClient Http { get; } = RegistryClient.NewHttpClient(TimeSpan.FromSeconds(20));

    public static RegistryClient Client(this TestRegistry registry, string path) => registry.Client(path, DockerCredentials.None);

    public static RegistryClient Client(this TestRegistry registry, string path, DockerCredentials credentials) =>
        new(Http, $"{registry.Address}/{path}", credentials, insecure: true);
}
