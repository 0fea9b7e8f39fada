using System.Net;
using System.Net.Http.Headers;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry;

/// <summary>
/// What this product does in a registry: one repository, by the OCI distribution specification
/// (https://github.com/opencontainers/distribution-spec/blob/main/spec.md).
/// </summary>
/// <remarks>Nothing is tried again here, but for what a registry asks a login: whoever calls knows how much time there is.</remarks>
public sealed class RegistryClient
{
    private readonly RepositoryName name;
    private readonly RegistryConnection connection;
    private readonly RegistryBlobs blobs;

    /// <summary>A client for <paramref name="repository"/>.</summary>
    /// <param name="http">Shared by all clients; this type never disposes it. <see cref="NewHttpClient"/> makes one that fits.</param>
    /// <param name="repository">Host, optional port, and path, such as <c>registry.example.com:5000/golden/worker</c>; without tag or digest.</param>
    /// <param name="credentials">What to log in with, if asked.</param>
    /// <param name="insecure">Whether the registry speaks plain HTTP.</param>
    /// <exception cref="FormatException"><paramref name="repository"/> is none.</exception>
    public RegistryClient(HttpClient http, string repository, DockerCredentials credentials, bool insecure)
    {
        name = RepositoryName.Parse(repository);
        connection = new RegistryConnection(http, name, credentials, insecure);
        blobs = new RegistryBlobs(connection, name);
    }

    private RegistryErrors Errors => connection.Errors;

    /// <summary>An HTTP client without cookies, that leaves redirects to this type, which knows whom a login is for.</summary>
    /// <param name="timeout">How long an answer may take to begin, sending the request included.</param>
    /// <param name="gate">Sees each request first.</param>
    public static HttpClient NewHttpClient(TimeSpan timeout, DelegatingHandler? gate = null)
    {
        HttpMessageHandler handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (gate is not null)
            (gate.InnerHandler, handler) = (handler, gate);
        return new HttpClient(handler)
        {
            Timeout = timeout,
            DefaultRequestHeaders = { UserAgent = { new ProductInfoHeaderValue("patch-operator", null) } },
        };
    }

    /// <summary>The digest of the manifest that a tag or a digest stands for; null when there is none.</summary>
    /// <exception cref="RegistryException">The registry could not say.</exception>
    public async Task<string?> DigestAsync(string reference, CancellationToken cancellationToken)
    {
        var operation = $"look up {Shown(reference)}";
        using var response = await connection.SendAsync(operation, Url(reference), () => Ask(HttpMethod.Head), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await Errors.ExpectSuccessAsync(operation, response, cancellationToken);
        if (Errors.StatedDigest(operation, response) is not { } digest)
            return (await GetManifestAsync(reference, cancellationToken))?.Digest;
        if (OciSyntax.IsDigest(reference))
            Errors.CheckDigest(operation, reference, digest);
        return digest;
    }

    /// <summary>Lets <paramref name="tag"/> stand for the manifest that <paramref name="digest"/> names; false when there is no such manifest.</summary>
    /// <exception cref="RegistryException">It could not.</exception>
    public async Task<bool> TagAsync(string digest, string tag, CancellationToken cancellationToken)
    {
        Errors.Checked(tag, OciSyntax.IsTag, "tag");
        if (await GetManifestAsync(Errors.Checked(digest, OciSyntax.IsDigest, "digest"), cancellationToken) is not { } manifest)
            return false;
        await KeepAsync(manifest, tag, cancellationToken);
        return true;
    }

    /// <summary>Deletes a manifest and with it every tag that stands for it; one that is gone already is fine.</summary>
    /// <exception cref="RegistryException">It could not; <see cref="RegistryProblem.Refused"/> where the registry does not allow deletion.</exception>
    public async Task DeleteAsync(string digest, CancellationToken cancellationToken)
    {
        var operation = $"delete {Shown(Errors.Checked(digest, OciSyntax.IsDigest, "digest"))}";
        using var response = await connection.SendAsync(operation, Url(digest), () => new HttpRequestMessage { Method = HttpMethod.Delete }, cancellationToken);
        if (response.StatusCode != HttpStatusCode.NotFound)
            await Errors.ExpectSuccessAsync(operation, response, cancellationToken);
    }

    /// <summary>The manifest that a tag or a digest stands for, checked against its digest; null when there is none.</summary>
    /// <exception cref="RegistryException">The registry could not say, or it is no manifest of an image.</exception>
    public async Task<OciManifest?> GetManifestAsync(string reference, CancellationToken cancellationToken)
    {
        var operation = $"fetch the manifest {Shown(reference)}";
        using var response = await connection.SendAsync(operation, Url(reference), () => Ask(HttpMethod.Get), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        await Errors.ExpectSuccessAsync(operation, response, cancellationToken);
        var content = await Errors.GuardAsync(operation, async () =>
        {
            await response.Content.LoadIntoBufferAsync(OciManifest.MaxBytes, cancellationToken);
            return await response.Content.ReadAsByteArrayAsync(cancellationToken);
        }, cancellationToken);
        var digest = Digests.Of(content);
        Errors.CheckDigest(operation, OciSyntax.IsDigest(reference) ? reference : digest, digest);
        Errors.CheckDigest(operation, Errors.StatedDigest(operation, response) ?? digest, digest);
        return Errors.Parse(operation, content, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>
    /// The content of one of a manifest's blobs. Reading it throws <see cref="RegistryException"/>, at its end at the latest, unless it is what the descriptor
    /// says.
    /// </summary>
    /// <exception cref="RegistryException">It could not be had.</exception>
    public Task<Stream> OpenBlobAsync(OciDescriptor blob, CancellationToken cancellationToken) => blobs.OpenAsync(blob, cancellationToken);

    /// <summary>
    /// Stores an image, byte for byte, under its digest and under <paramref name="tag"/>, and reads the digest back. What is there already is left alone. Until
    /// the end there is no part of it that anybody could pull.
    /// </summary>
    /// <exception cref="RegistryException">It could not; <see cref="RegistryProblem.Corrupt"/> if a blob is not what the manifest says.</exception>
    public async Task PushAsync(OciImage image, string tag, CancellationToken cancellationToken)
    {
        Errors.Checked(tag, OciSyntax.IsTag, "tag");
        foreach (var blob in image.Manifest.Blobs)
        {
            if (!await blobs.HasAsync(blob, cancellationToken))
                await blobs.PutAsync(blob, () => image.Open(blob), cancellationToken);
        }

        await KeepAsync(image.Manifest, image.Manifest.Digest, cancellationToken);
        if (await KeepAsync(image.Manifest, tag, cancellationToken))
            Errors.CheckDigest($"find {Shown(tag)} as it was pushed", image.Manifest.Digest, await DigestAsync(tag, cancellationToken) ?? "absent");
    }

    /// <summary>
    /// Lets a tag or a digest stand for a manifest; false when it does already: a registry whose tags are immutable would refuse to write it again.
    /// </summary>
    private async Task<bool> KeepAsync(OciManifest manifest, string reference, CancellationToken cancellationToken)
    {
        var stored = await DigestAsync(reference, cancellationToken);
        if (stored == manifest.Digest)
            return false;
        await PutManifestAsync(manifest, reference, stored, cancellationToken);
        return true;
    }

    private async Task PutManifestAsync(OciManifest manifest, string reference, string? instead, CancellationToken cancellationToken)
    {
        var operation = $"push the manifest {Shown(reference)}{(instead is null ? "" : $" over {instead}")}";
        using var response = await connection.SendAsync(operation, Url(reference), () => new HttpRequestMessage
        {
            Method = HttpMethod.Put,
            Content = new ReadOnlyMemoryContent(manifest.Content) { Headers = { ContentType = new MediaTypeHeaderValue(manifest.MediaType) } },
        }, cancellationToken);
        await Errors.ExpectSuccessAsync(operation, response, cancellationToken);
        Errors.CheckDigest(operation, manifest.Digest, Errors.StatedDigest(operation, response) ?? manifest.Digest);
    }

    private static HttpRequestMessage Ask(HttpMethod method)
    {
        var request = new HttpRequestMessage { Method = method };
        foreach (var type in OciMediaTypes.Accept)
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        return request;
    }

    private Uri Url(string reference) =>
        connection.Url($"manifests/{Errors.Checked(reference, text => OciSyntax.IsTag(text) || OciSyntax.IsDigest(text), "tag or digest")}");

    private string Shown(string reference) => $"{name.Path}{(OciSyntax.IsDigest(reference) ? '@' : ':')}{reference}";
}
