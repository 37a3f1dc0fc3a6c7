export { isPublicAddress, type AddressRule } from './addresses.ts';
export { DOWNLOAD_DOMAIN, DOWNLOAD_REASONS, DownloadError, type DownloadReason } from './download-error.ts';
export { Downloader, type Download, type DownloadCall, type Downloaded, type DownloaderOptions } from './downloader.ts';
