using System.Net;
using System.Net.Sockets;

namespace PatchOperator.Testing;

/// <summary>Ports of TCP on this machine.</summary>
public static class FreePort
{
    /// <summary>One on which nobody listens just now.</summary>
    /// <param name="address">Of this machine; loopback if it is not given.</param>
    public static int Find(IPAddress? address = null)
    {
        using var socket = new TcpListener(address ?? IPAddress.Loopback, 0);
        socket.Start();
        return ((IPEndPoint)socket.LocalEndpoint).Port;
    }
}
