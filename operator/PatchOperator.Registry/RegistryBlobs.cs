using System.Net;
using System.Net.Http.Headers;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry;

/// <summary>The blobs of a repository: configurations and layers.</summary>
internal sealed class RegistryBlobs(RegistryConnection connection, RepositoryName name)
{
    private RegistryErrors Errors => connection.Errors;

    public async Task<bool> HasAsync(OciDescriptor blob, CancellationToken cancellationToken)
    {
        var operation = $"look up the blob {Shown(blob)}";
        using var response = await connection.SendAsync(operation, Url(blob), () => new HttpRequestMessage { Method = HttpMethod.Head }, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return false;
        await Errors.ExpectSuccessAsync(operation, response, cancellationToken);
        return true;
    }

    public async Task<Stream> OpenAsync(OciDescriptor blob, CancellationToken cancellationToken)
    {
        var operation = $"fetch the blob {Shown(blob)}";
        var response = await connection.SendAsync(operation, Url(blob), () => new HttpRequestMessage(), cancellationToken);
        try
        {
            await Errors.ExpectSuccessAsync(operation, response, cancellationToken);
            return new VerifyingStream(await response.Content.ReadAsStreamAsync(cancellationToken), response, blob, operation, Errors);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    /// <summary>A POST for a place, and one PUT into it: "POST then PUT" of the distribution specification.</summary>
    /// <param name="blob">What it is.</param>
    /// <param name="open">Its content from the beginning; asked again if the registry wants a new login.</param>
    /// <param name="cancellationToken">Stops.</param>
    public async Task PutAsync(OciDescriptor blob, Func<Stream> open, CancellationToken cancellationToken)
    {
        var operation = $"push the blob {Shown(blob)}";
        var uploads = connection.Url("blobs/uploads/");
        using var begun = await connection.SendAsync(operation, uploads, () => new HttpRequestMessage { Method = HttpMethod.Post }, cancellationToken);
        await Errors.ExpectSuccessAsync(operation, begun, cancellationToken);
        var place = new UriBuilder(connection.Target(operation, uploads, begun));
        place.Query = $"{place.Query}{(place.Query.Length == 0 ? "" : "&")}digest={Uri.EscapeDataString(blob.Digest)}";

        using var response = await connection.SendAsync(operation, place.Uri, () => Upload(blob, open()), cancellationToken);
        await Errors.ExpectSuccessAsync(operation, response, cancellationToken);
        Errors.CheckDigest(operation, Errors.StatedDigest(operation, response) ?? blob.Digest, blob.Digest);
    }

    /// <summary>Who will not take it says so before it is sent: else all that is seen is a broken connection.</summary>
    private static HttpRequestMessage Upload(OciDescriptor blob, Stream content) => new()
    {
        Method = HttpMethod.Put,
        Headers = { ExpectContinue = true },
        Content = new StreamContent(content) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream"), ContentLength = blob.Size } },
    };

    private Uri Url(OciDescriptor blob) => connection.Url($"blobs/{Errors.Checked(blob.Digest, OciSyntax.IsDigest, "digest")}");

    private string Shown(OciDescriptor blob) => $"{name.Path}@{blob.Digest}";
}
