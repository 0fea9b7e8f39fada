using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PatchOperator.Testing;

/// <summary>Takes no bodies: it answers each request with 413 as soon as it has read its head, and cuts the connection, as nginx does.</summary>
public sealed class RefusingProxy : IDisposable
{
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 413 Request Entity Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly Task serving;

    public RefusingProxy()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public string Url => $"http://{listener.LocalEndpoint}";

    public void Dispose()
    {
        listener.Stop();
        serving.GetAwaiter().GetResult();
        listener.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptSocketAsync();
                var head = new StringBuilder();
                var buffer = new byte[1];
                while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await client.ReceiveAsync(buffer) > 0)
                    head.Append((char)buffer[0]);
                await client.SendAsync(Answer);
                // What is unread turns the end into a reset.
                client.Close(timeout: 1);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Disposed.
        }
    }
}
