using PatchOperator.Connecting;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>Where a configuration is looked for. Alone, for an environment variable is everybody's.</summary>
[Collection(nameof(DefaultConfigurationTests))]
[CollectionDefinition(nameof(DefaultConfigurationTests), DisableParallelization = true)]
public sealed class DefaultConfigurationTests : IDisposable
{
    private const string Variable = "KUBECONFIG";

    private readonly string? before = Environment.GetEnvironmentVariable(Variable);
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("sdk-config-");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, before);
        directory.Delete(recursive: true);
    }

    [Fact]
    public void The_files_of_KUBECONFIG_are_put_together_and_the_first_wins()
    {
        var first = Write("first", """
            apiVersion: v1
            kind: Config
            current-context: ""
            contexts: [ { name: a, context: { cluster: b, user: c } } ]
            users: [ { name: c, user: { token: first } } ]
            clusters: []
            """);
        var second = Write("second", """
            apiVersion: v1
            kind: Config
            current-context: a
            contexts: []
            clusters: [ { name: b, cluster: { server: "https://b.test" } } ]
            users: [ { name: c, user: { token: second } } ]
            """);
        Environment.SetEnvironmentVariable(Variable, $"{first}:{second}");

        var config = ConfigurationFiles.LoadDefault(TimeProvider.System);

        Assert.Equal(("https://b.test", "first"), (config.Host, config.AccessToken));
    }

    private string Write(string name, string content)
    {
        var path = Path.Combine(directory.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
