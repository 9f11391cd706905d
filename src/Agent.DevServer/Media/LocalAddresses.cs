using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Agent.DevServer.Media;

/// <summary>The addresses that this machine can be reached at, loopback last.</summary>
internal static class LocalAddresses
{
    public static IReadOnlyList<IPAddress> All(AddressFamily family) =>
    [
        .. NetworkInterface.GetAllNetworkInterfaces()
            .Where(network => network.OperationalStatus == OperationalStatus.Up || network.NetworkInterfaceType == NetworkInterfaceType.Loopback)
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .Where(address => address.AddressFamily == family && !address.IsIPv6LinkLocal)
            .OrderBy(address => IPAddress.IsLoopback(address) ? 1 : 0),
    ];
}
