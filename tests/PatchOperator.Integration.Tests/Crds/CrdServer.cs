using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using PatchOperator.Api;

namespace PatchOperator.Integration.Tests.Crds;

/// <summary>
/// The CustomResourceDefinition server of a current Kubernetes (tests/cluster/README.md), with the files of crds/ in it. One for all tests of an
/// assembly: what they create they name <see cref="ApiServerFixture.UniqueName"/>, or only ask what would become of it.
/// </summary>
public sealed partial class CrdServer : IAsyncLifetime
{
    private static readonly Lazy<(string? Folder, string? Problem)> Built = new(() => Find().GetAwaiter().GetResult());

    private TestCluster? cluster;
    private HttpClient? client;

    /// <summary>Why there is none here; null where there is.</summary>
    public static string? WhyNot => Built.Value.Problem;

    /// <summary>What the server said to each definition, by its plural.</summary>
    internal Dictionary<string, Answer> Definitions { get; } = [];

    private HttpClient Client => client ?? throw new InvalidOperationException("the fixture is not initialized");

    public async Task InitializeAsync()
    {
        if (WhyNot is not null)
            return;
        cluster = await TestCluster.UpAsync("crds-", "--crds");
        client = Connect(await File.ReadAllTextAsync(cluster.Kubeconfig));
        foreach (var crd in Crd.All)
            Definitions[crd.Plural] =
                await Send(HttpMethod.Post, "apis/apiextensions.k8s.io/v1/customresourcedefinitions?fieldValidation=Strict", crd.Document);
        foreach (var crd in Crd.All.Where(crd => Definitions[crd.Plural].Succeeded))
            await Eventually.TrueAsync(async () => (await Send(HttpMethod.Get, Path(crd))).Succeeded, $"{crd.Plural} are served");
    }

    public async Task DisposeAsync()
    {
        client?.Dispose();
        if (cluster is not null)
            await cluster.DisposeAsync();
    }

    /// <summary>Asks what would become of an object, or creates it.</summary>
    internal Task<Answer> Create(Crd crd, JsonNode entity, bool dryRun = true) => Send(HttpMethod.Post, $"{Path(crd)}?{Strict(dryRun)}", entity);

    /// <summary>Asks what would become of an object that is there, or of its status.</summary>
    internal Task<Answer> Replace(Crd crd, JsonNode entity, string subresource = "") =>
        Send(HttpMethod.Put, $"{Path(crd)}/{entity["metadata"]!["name"]}{subresource}?{Strict(dryRun: true)}", entity);

    internal Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    /// <summary>kubectl of the server's release.</summary>
    internal Task<Command> Kubectl(IEnumerable<string> arguments, string input = "") =>
        Command.RunAsync(System.IO.Path.Combine(Built.Value.Folder!, "kubectl"), ["--kubeconfig", cluster!.Kubeconfig, .. arguments], input);

    private static string Path(Crd crd) => $"apis/{ApiGroup.GroupVersion}/{crd.Plural}";

    private static string Strict(bool dryRun) => dryRun ? "fieldValidation=Strict&dryRun=All" : "fieldValidation=Strict";

    private static async Task<(string? Folder, string? Problem)> Find()
    {
        try
        {
            return (await TestCluster.RunAsync("crd-server", "path"), null);
        }
        catch (InvalidOperationException exception)
        {
            return (null, $"not run: {exception.Message.ReplaceLineEndings(" ").Split("cluster: ")[^1]}");
        }
    }

    private static HttpClient Connect(string kubeconfig)
    {
        var authority = X509Certificate2.CreateFromPem(Encoding.ASCII.GetString(Convert.FromBase64String(Authority().Match(kubeconfig).Groups[1].Value)));
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { authority },
        };
        var handler = new SocketsHttpHandler { SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust } };
        return new HttpClient(handler) { BaseAddress = new Uri(Address().Match(kubeconfig).Groups[1].Value + "/") };
    }

    private async Task<Answer> Send(HttpMethod method, string path, JsonNode? body = null)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Content = body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var warnings = response.Headers.TryGetValues("Warning", out var values) ? string.Join('\n', values) : "";
        return new Answer(response.StatusCode, text.StartsWith('{') ? JsonNode.Parse(text)! : new JsonObject { ["message"] = text }, warnings);
    }

    [GeneratedRegex("certificate-authority-data: (.+)")]
    private static partial Regex Authority();

    [GeneratedRegex("server: (.+)")]
    private static partial Regex Address();

    /// <summary>What the server answered.</summary>
    internal sealed record Answer(HttpStatusCode Code, JsonNode Body, string Warnings)
    {
        public bool Succeeded => (int)Code is >= 200 and < 300;

        public string Message => Body["message"]?.ToString() ?? "";

        /// <summary>Each field that it refuses, and why, such as <c>spec.scan.interval: Invalid value: ...</c>.</summary>
        public IReadOnlyList<string> Causes =>
            [.. (Body["details"]?["causes"]?.AsArray() ?? []).Select(cause => $"{cause!["field"]}: {cause["message"]}")];

        /// <summary>The object, which must have been taken without a word.</summary>
        public JsonNode Taken()
        {
            Assert.True(Succeeded, Message);
            Assert.Equal("", Warnings);
            return Body;
        }
    }
}

/// <summary>All tests of one assembly that share the <see cref="CrdServer"/>.</summary>
[CollectionDefinition(nameof(CrdServer))]
public sealed class CrdServerGroup : ICollectionFixture<CrdServer>;
