using System.Net;

namespace PatchOperator.Connecting;

/// <summary>A token that the server refuses may have been replaced meanwhile: it is looked up again, once, before the request fails.</summary>
internal sealed class TokenRenewalHandler(IRenewableToken token) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode != HttpStatusCode.Unauthorized)
            return response;
        response.Dispose();
        token.Forget();
        request.Headers.Authorization = await token.GetAuthenticationHeaderAsync(cancellationToken);
        return await base.SendAsync(request, cancellationToken);
    }
}
