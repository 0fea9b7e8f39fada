using System.Runtime.Versioning;
using k8s;
using k8s.Exceptions;
using PatchOperator.Connecting;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>What a kubeconfig says is what the client does.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ConfigurationTests : IDisposable
{
    private const string Node = """{"apiVersion":"v1","kind":"Node","metadata":{"name":"a"}}""";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("sdk-config-");

    public void Dispose() => directory.Delete(recursive: true);

    [Fact]
    public void The_current_context_names_cluster_user_and_namespace()
    {
        var config = Load("https://a.test:6443", "token: secret");

        Assert.Equal("https://a.test:6443", config.Host);
        Assert.Equal("here", config.Namespace);
        Assert.Equal("current", config.CurrentContext);
        Assert.Equal("secret", config.AccessToken);
    }

    [Fact]
    public void Another_context_can_be_named()
    {
        var path = Write("config", Kubeconfig("https://a.test", "token: secret"));

        var config = ConfigurationFiles.Load([path], "other", TimeProvider.System);

        Assert.Equal("https://b.test", config.Host);
        Assert.True(config.SkipTlsVerify);
    }

    [Fact]
    public void A_context_that_is_not_there_is_an_error()
    {
        var path = Write("config", Kubeconfig("https://a.test", "token: secret"));

        Assert.Throws<KubeConfigException>(() => ConfigurationFiles.Load([path], "nobody", TimeProvider.System));
    }

    [Fact]
    public void A_file_that_is_not_there_is_an_error() =>
        Assert.Throws<KubeConfigException>(() => ConfigurationFiles.Load([Path.Combine(directory.FullName, "no")], null, TimeProvider.System));

    [Fact]
    public void Paths_are_relative_to_the_file()
    {
        var config = Load("https://a.test", "client-certificate: a/tls.crt\n    client-key: a/tls.key");

        Assert.Equal(Path.Combine(directory.FullName, "a/tls.crt"), config.ClientCertificateFilePath);
        Assert.Equal(Path.Combine(directory.FullName, "a/tls.key"), config.ClientKeyFilePath);
    }

    [Fact]
    public async Task A_bearer_token_is_sent()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(Node));
        using var kubernetes = new HardenedKubernetes(Load(server.Url, "token: secret"), TimeProvider.System);

        await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.Equal("Bearer secret", server.Authorizations.Single());
    }

    [Fact]
    public async Task A_rotated_token_file_is_read_again()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(Node));
        var file = Write("token", "first\n");
        var config = server.Configuration;
        config.TokenProvider = new TokenFile(file, TimeProvider.System);
        using var kubernetes = new HardenedKubernetes(config, TimeProvider.System);
        await kubernetes.CoreV1.ReadNodeAsync("a");

        Rotate(file, "second\n");

        await Eventually.TrueAsync(
            async () =>
            {
                await kubernetes.CoreV1.ReadNodeAsync("a");
                return server.Authorizations.Last() == "Bearer second";
            },
            "the second token is used", TimeSpan.FromSeconds(90));
        Assert.Equal("Bearer first", server.Authorizations.First());
    }

    [Fact]
    public async Task A_token_the_server_refuses_is_looked_up_again_before_the_request_fails()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(401, "Unauthorized"), ScriptedServer.Json(Node));
        var config = server.Configuration;
        config.TokenProvider = new TokenFile(Write("token", "late"), TimeProvider.System);
        using var kubernetes = new HardenedKubernetes(config, TimeProvider.System);

        await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("client.authentication.k8s.io/v1")]
    [InlineData("client.authentication.k8s.io/v1beta1")]
    public async Task A_plugin_is_asked_once_while_its_token_lasts(string version)
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(Node));
        using var kubernetes = new HardenedKubernetes(Load(server.Url, Exec(version, expires: "2999-01-01T00:00:00Z")), TimeProvider.System);
        await kubernetes.CoreV1.ReadNodeAsync("a");
        await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.StartsWith("Bearer token-", server.Authorizations.First(), StringComparison.Ordinal);
        Assert.Single(server.Authorizations.Distinct());
    }

    [Fact]
    public async Task A_plugin_is_asked_again_when_its_token_has_expired()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(Node));
        using var kubernetes = new HardenedKubernetes(
            Load(server.Url, Exec("client.authentication.k8s.io/v1", expires: "2001-01-01T00:00:00Z")), TimeProvider.System);
        await kubernetes.CoreV1.ReadNodeAsync("a");
        await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.Equal(2, server.Authorizations.Distinct().Count());
    }

    [Fact]
    public void A_plugin_that_fails_says_why()
    {
        var command = Write("fail", "#!/bin/sh\necho no ticket >&2\nexit 3\n");
        File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var e = Assert.Throws<KubeConfigException>(() => Load("http://127.0.0.1:1", ExecYaml("client.authentication.k8s.io/v1", "./fail")));
        Assert.Contains("no ticket", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_plugin_is_asked_again_when_its_token_is_refused()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Error(401, "Unauthorized"), ScriptedServer.Json(Node));
        using var kubernetes = new HardenedKubernetes(
            Load(server.Url, Exec("client.authentication.k8s.io/v1", expires: "2999-01-01T00:00:00Z")), TimeProvider.System);

        await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.Equal(2, server.Authorizations.Distinct().Count());
    }

    [Fact]
    public async Task A_token_file_outranks_a_token_and_is_named_relative_to_the_kubeconfig()
    {
        await using var server = await ScriptedServer.StartAsync(ScriptedServer.Json(Node));
        Write("token", "fresh\n");
        using var kubernetes = new HardenedKubernetes(Load(server.Url, "token: stale\n    tokenFile: token"), TimeProvider.System);

        await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.Equal("Bearer fresh", server.Authorizations.Single());
    }

    [Fact]
    public async Task A_proxy_is_used()
    {
        await using var proxy = await ScriptedServer.StartAsync(ScriptedServer.Json(Node));
        var kubeconfig = Kubeconfig("http://nobody.test", "token: secret", more: $"proxy-url: {proxy.Url}");
        using var kubernetes = new HardenedKubernetes(ConfigurationFiles.Load([Write("config", kubeconfig)], null, TimeProvider.System), TimeProvider.System);

        await kubernetes.CoreV1.ReadNodeAsync("a");

        Assert.Contains("/api/v1/nodes/a", proxy.Requests.Single(), StringComparison.Ordinal);
    }

    private static string ExecYaml(string version, string command) =>
        $"exec:\n      apiVersion: {version}\n      command: {command}\n      interactiveMode: Never";

    private static void Rotate(string file, string content)
    {
        File.WriteAllText($"{file}.new", content);
        File.SetLastWriteTimeUtc($"{file}.new", File.GetLastWriteTimeUtc(file).AddSeconds(1));
        File.Move($"{file}.new", file, overwrite: true);
    }

    /// <summary>A plugin that hands out a new token each time it runs.</summary>
    private string Exec(string version, string expires)
    {
        var count = Path.Combine(directory.FullName, "count");
        var command = Write("plugin", $$$"""
            #!/bin/sh
            echo >> {{{count}}}
            printf '{"apiVersion":"{{{version}}}","kind":"ExecCredential",'
            printf '"status":{"token":"token-%s","expirationTimestamp":"{{{expires}}}"}}' "$(wc -l < {{{count}}})"
            """);
        File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return ExecYaml(version, command);
    }

    private static string Kubeconfig(string server, string user, string more = "") => $$"""
        apiVersion: v1
        kind: Config
        current-context: current
        contexts:
        - name: current
          context: { cluster: a, user: somebody, namespace: here }
        - name: other
          context: { cluster: b, user: somebody }
        clusters:
        - name: a
          cluster:
            server: {{server}}
            {{more}}
        - name: b
          cluster: { server: "https://b.test", insecure-skip-tls-verify: true }
        users:
        - name: somebody
          user:
            {{user}}
        """;

    private KubernetesClientConfiguration Load(string server, string user) =>
        ConfigurationFiles.Load([Write("config", Kubeconfig(server, user))], null, TimeProvider.System);

    private string Write(string name, string content)
    {
        var path = Path.Combine(directory.FullName, name);
        File.WriteAllText(path, content);
        return path;
    }
}
