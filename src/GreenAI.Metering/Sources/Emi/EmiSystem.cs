using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace GreenAI.Metering;

/// <summary>Energy meters of Windows: the configuration manager lists them, <c>DeviceIoControl</c> reads them.</summary>
/// <remarks>Interface: emi.h of the Windows SDK. Not yet verified on hardware.</remarks>
[SupportedOSPlatform("windows")]
internal sealed unsafe partial class EmiSystem : IEmiSystem
{
    private const int Success = 0;
    private const int BufferSmall = 0x1A;
    private const int OutOfMemory = 2;
    private const int Attempts = 4;
    private const uint GenericRead = 0x8000_0000;
    private const uint ShareReadWrite = 3;
    private const uint OpenExisting = 3;

    // GUID_DEVICE_ENERGY_METER.
    private static readonly Guid _class = new("45BD8344-7ED6-49CF-A440-C276C933B053");

    public int List(out IReadOnlyList<string> paths)
    {
        paths = [];

        // A device may appear between the two calls: the list is then longer than was said.
        int result = BufferSmall;
        for (int attempt = 0; attempt < Attempts && result == BufferSmall; attempt++)
        {
            result = GetInterfaceListSize(out uint length, in _class, null, 0);
            if (result != Success) return result;
            if (length > EmiPaths.MaxCharacters) return OutOfMemory;
            char[] list = new char[length];
            fixed (char* start = list)
            {
                result = GetInterfaceList(in _class, null, start, length, 0);
            }

            if (result == Success) paths = EmiPaths.Split(list);
        }

        return result;
    }

    public int Open(string path, out IEmiHandle? handle)
    {
        handle = null;
        SafeFileHandle file = CreateFile(path, GenericRead, ShareReadWrite, 0, OpenExisting, 0, 0);
        if (file.IsInvalid)
        {
            int error = Marshal.GetLastPInvokeError();
            file.Dispose();
            return error;
        }

        handle = new Handle(file);
        return Success;
    }

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [LibraryImport("cfgmgr32.dll", EntryPoint = "CM_Get_Device_Interface_List_SizeW")]
    private static partial int GetInterfaceListSize(out uint length, in Guid interfaceClass, char* device, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [LibraryImport("cfgmgr32.dll", EntryPoint = "CM_Get_Device_Interface_ListW")]
    private static partial int GetInterfaceList(in Guid interfaceClass, char* device, char* buffer, uint length, uint flags);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [LibraryImport("kernel32.dll", EntryPoint = "CreateFileW", SetLastError = true, StringMarshalling = StringMarshalling.Utf16)]
    private static partial SafeFileHandle CreateFile(
        string name, uint access, uint share, nint security, uint disposition, uint flags, nint template);

    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [LibraryImport("kernel32.dll", EntryPoint = "DeviceIoControl", SetLastError = true)]
    private static partial int DeviceIoControl(
        SafeFileHandle device, uint code, byte* input, uint inputLength, byte* output, uint outputLength, out uint returned, nint overlapped);

    private sealed class Handle(SafeFileHandle device) : IEmiHandle
    {
        public int Control(uint code, Span<byte> output, out int length)
        {
            int done;
            uint returned;
            fixed (byte* start = output)
            {
                done = DeviceIoControl(device, code, null, 0, start, (uint)output.Length, out returned, 0);
            }

            length = done == 0 ? 0 : (int)Math.Min(returned, (uint)output.Length);
            return done == 0 ? Marshal.GetLastPInvokeError() : Success;
        }

        public void Dispose() => device.Dispose();
    }
}
