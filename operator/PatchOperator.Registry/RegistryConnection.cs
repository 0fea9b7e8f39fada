using System.Net;
using System.Net.Http.Headers;
using PatchOperator.Contract.Grammars;

namespace PatchOperator.Registry;

/// <summary>Requests to one repository: logged in where the registry asks, redirected where it says so.</summary>
internal sealed class RegistryConnection(HttpClient http, RepositoryName repository, DockerCredentials credentials, bool insecure)
{
    private const int MaxRedirects = 5;

    // One for each login, and one without where there is none.
    private readonly IReadOnlyList<Authenticator> authenticators =
        [
            .. credentials
                .For(repository)
                .DefaultIfEmpty(null)
                .Select(login => new Authenticator(http, new RegistryErrors(repository.Registry), login, insecure)),
        ];

    private readonly Uri root = new($"{(insecure ? "http" : "https")}://{repository.Endpoint}/v2/{repository.Path}/");

    // What the registry accepted last. Another request may need more than it allows: then the registry asks again.
    private AuthenticationHeaderValue? authorization;

    public RegistryErrors Errors { get; } = new(repository.Registry);

    /// <param name="relative">Below the repository: <c>manifests/1</c>.</param>
    public Uri Url(string relative) => new(root, relative);

    /// <summary>Sends a request; the caller disposes the answer, whatever its status.</summary>
    /// <param name="operation">What it is for, after "cannot".</param>
    /// <param name="url">Where to.</param>
    /// <param name="request">Makes the request, without its address: once more after a challenge or a redirect.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="RegistryException">There is no answer, or the login fails.</exception>
    public Task<HttpResponseMessage> SendAsync(string operation, Uri url, Func<HttpRequestMessage> request, CancellationToken cancellationToken) =>
        Errors.GuardAsync(operation, async () =>
        {
            var response = await SendOnceAsync(url, request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Unauthorized && IsRegistry(url))
            {
                using var challenge = response;
                response = await LogInAsync(operation, url, request, challenge, cancellationToken);
            }

            return await FollowAsync(operation, url, request, response, cancellationToken);
        }, cancellationToken);

    /// <summary>Where a Location header leads to.</summary>
    /// <exception cref="RegistryException">Nowhere, or out of TLS.</exception>
    public Uri Target(string operation, Uri from, HttpResponseMessage response)
    {
        if (response.Headers.Location is not { } location)
            throw Errors.Because(RegistryProblem.Unavailable, operation, $"{(int)response.StatusCode} without a Location");
        var target = new Uri(from, location);
        if (target.Scheme != Uri.UriSchemeHttps && target.Scheme != from.Scheme)
            throw Errors.Because(RegistryProblem.Refused, operation, $"it sends us on to {target.Scheme}://{target.Authority}, out of TLS");
        return target;
    }

    /// <summary>Sends a request with the first login that the registry accepts; with the last, whatever it says.</summary>
    private async Task<HttpResponseMessage> LogInAsync(
        string operation, Uri url, Func<HttpRequestMessage> request, HttpResponseMessage challenge, CancellationToken cancellationToken)
    {
        foreach (var authenticator in authenticators.SkipLast(1))
        {
            try
            {
                authorization = await authenticator.AnswerAsync(challenge, operation, cancellationToken);
                var response = await SendOnceAsync(url, request, cancellationToken);
                if (response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden))
                    return response;
                response.Dispose();
            }
            catch (RegistryException error) when (error.Problem == RegistryProblem.Denied)
            {
                // The next one may do.
            }
        }

        authorization = await authenticators[^1].AnswerAsync(challenge, operation, cancellationToken);
        return await SendOnceAsync(url, request, cancellationToken);
    }

    /// <summary>Blobs often lie on another host, which has no business with the login.</summary>
    private async Task<HttpResponseMessage> FollowAsync(
        string operation, Uri url, Func<HttpRequestMessage> request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        for (var redirects = 0; IsRedirect(response); redirects++)
        {
            using (response)
            {
                if (redirects == MaxRedirects)
                    throw Errors.Because(RegistryProblem.Unavailable, operation, $"more than {MaxRedirects} redirects");
                url = Target(operation, url, response);
            }

            response = await SendOnceAsync(url, request, cancellationToken);
        }

        return response;
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Uri url, Func<HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        using var message = request();
        message.RequestUri = url;
        message.Headers.Authorization = IsRegistry(url) ? authorization : null;
        return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    private bool IsRegistry(Uri url) => Uri.Compare(url, root, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsRedirect(HttpResponseMessage response) =>
        response.RequestMessage is { Method.Method: "GET" or "HEAD" }
            && response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
